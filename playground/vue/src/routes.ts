import { defineAsyncComponent, type Component } from 'vue'

export interface Route {
  path: string
  label: string
  view: Component
}

export const routes: readonly Route[] = [
  {
    path: '/',
    label: 'Dashboard',
    view: defineAsyncComponent(() => import('./views/DashboardView.vue')),
  },
  {
    path: '/orders',
    label: 'Orders',
    view: defineAsyncComponent(() => import('./views/OrdersView.vue')),
  },
  {
    path: '/settings',
    label: 'Settings',
    view: defineAsyncComponent(() => import('./views/SettingsView.vue')),
  },
  {
    path: '/catalogue',
    label: 'Catalogue',
    view: defineAsyncComponent(() => import('./views/CatalogueView.vue')),
  },
]
