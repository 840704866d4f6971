import { mount } from 'svelte'
import App from './App.svelte'
import './styles/main.scss'

export default mount(App, { target: document.getElementById('app')! })
