import { createApp } from 'vue'
import App from './App.vue'
import { preferencesKey, usePreferences } from './composables/usePreferences'
import './styles/main.scss'

const app = createApp(App)
app.provide(preferencesKey, usePreferences())
app.mount('#app')
