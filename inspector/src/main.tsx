import { render } from 'solid-js/web'
import { App } from './App.tsx'
import './styles/base.css'
import './styles/overview.css'
import './styles/modules.css'
import './styles/details.css'

render(() => <App />, document.querySelector('#app')!)
