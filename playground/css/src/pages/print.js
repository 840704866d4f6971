import '../css/print.css'
import '../scss/main.scss'
import { swatches } from '../swatches'

document.querySelector('#app').innerHTML = `
  <article class="book sheet">
    <h1 class="title">Print sheet</h1>
    ${swatches()}
    <button class="no-print" onclick="print()">Print</button>
  </article>
`
