import styles from '../css/table.module.css'
import '../css/base.css'
import '../less/panels.less'

const rows = [
  ['tokens', 12],
  ['mixins', 6],
  ['panels', 4],
]

document.querySelector('#app').innerHTML = `
  <section class="panel frosted">
    <header>Sheets</header>
    <table class="${styles.striped}">
      ${rows.map(([name, count]) => `<tr><td>${name}</td><td class="${styles.numeric}">${count}</td></tr>`).join('')}
    </table>
  </section>
`
