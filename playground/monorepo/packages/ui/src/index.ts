export { default as Badge } from './Badge.vue'
export { default as Button } from './Button.vue'
export { default as Panel } from './Panel.vue'
export { default as Price } from './Price.vue'
