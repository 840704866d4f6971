import criticalCss from '../css/critical.css?inline'
import '../css/base.css'
import '../less/panels.less'
import '../css/forms.css'
import '../scss/main.scss'
import textureUrl from '../assets/texture.png'
import { groups, lazyGroups } from '../catalogue'
import { swatches } from '../swatches'

const style = document.createElement('style')
style.textContent = criticalCss
document.head.append(style)

const pieces = groups.flatMap((group) => group.pieces)

document.querySelector('#app').innerHTML = `
  <main class="book">
    <h1 class="title critical"><strong>Stylebook</strong></h1>
    ${swatches()}
    <section class="panel-raised"><header>Hills</header><div class="map"></div></section>
    <label class="field">Filter <input placeholder="by name" /></label>
    <img src="${textureUrl}" alt="" width="64" height="64" />
    ${pieces.map((piece) => piece.render()).join('\n')}
    ${Object.keys(lazyGroups)
      .map((name) => `<button data-group="${name}">${name}</button>`)
      .join('')}
  </main>
`

document.addEventListener('click', async (event) => {
  const name = event.target.dataset?.group
  if (!name) return
  const group = await lazyGroups[name]()
  event.target.outerHTML = group.pieces.map((piece) => piece.render()).join('\n')
})
