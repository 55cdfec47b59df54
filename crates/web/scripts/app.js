// Improvements only: every page works without this file. No state is kept here except
// whether the single-key shortcuts are switched off.

const script = document.querySelector('script[data-govuk]')

document.documentElement.classList.add('app-scripted')
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')

if (script) {
  import(script.dataset.govuk).then(({ initAll }) => initAll()).catch(() => {})
}

followProgress()
followSelection()
followBoxes()
listenForShortcuts()

// Progress of a search: the server sends how far it is; the page reloads at the end.
function followProgress () {
  const box = document.querySelector('[data-progress]')
  if (!box) return
  const text = box.querySelector('[data-progress-text]')
  const bar = box.querySelector('[data-progress-bar]')
  let said = 0
  const stream = new EventSource(box.dataset.progress)
  stream.addEventListener('progress', (event) => {
    const { sentence, done, total } = JSON.parse(event.data)
    if (total > 0) {
      bar.max = total
      bar.value = done
    }
    // A screen reader hears one sentence in five seconds, not each of them.
    if (Date.now() - said > 5000) {
      text.textContent = sentence
      said = Date.now()
    }
  })
  stream.addEventListener('end', () => {
    stream.close()
    window.location.assign(box.dataset.after)
  })
}

// Words selected in the text of an item go into the box that marks them.
function followSelection () {
  const text = document.querySelector('[data-selectable]')
  const form = document.getElementById('add-mark')
  if (!text || !form) return
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection()
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return
    const range = selection.getRangeAt(0)
    if (!text.contains(range.commonAncestorContainer)) return
    form.elements.words.value = shownText(range).trim()
  })
}

// The text of a range without the numbers of the marks.
function shownText (range) {
  const copy = range.cloneContents()
  copy.querySelectorAll('[data-skip]').forEach((number) => number.remove())
  return copy.textContent
}

// A box drawn over a page goes, in per cent of the page, into the fields that cover it; a button stands by.
function followBoxes () {
  const pages = document.querySelector('[data-coverable]')
  const form = document.getElementById('cover-area')
  if (!pages || !form) return
  const box = document.createElement('div')
  box.className = 'app-page__box'
  const cover = document.createElement('button')
  Object.assign(cover, { type: 'submit', className: 'govuk-button govuk-button--secondary', textContent: 'Cover this part' })
  cover.setAttribute('form', form.id)
  let drawn = null
  const place = (event) => {
    const seen = drawn.image.getBoundingClientRect()
    // The picture may be larger than its page.
    const wide = seen.width * drawn.image.dataset.across / 1000
    const high = seen.height * drawn.image.dataset.down / 1000
    const part = (at, from, length) => Math.min(Math.max((at - from) / length, 0), 1)
    return { x: part(event.clientX, seen.left, wide), y: part(event.clientY, seen.top, high), wide, high }
  }
  pages.addEventListener('pointerdown', (event) => {
    const image = event.target.closest('img[data-page]')
    // A finger scrolls.
    if (!image || event.button !== 0 || event.pointerType === 'touch') return
    event.preventDefault()
    drawn = { image }
    drawn.from = place(event)
    image.setPointerCapture(event.pointerId)
    image.parentElement.append(box)
    show(drawn.from)
  })
  pages.addEventListener('pointermove', (event) => { if (drawn) show(place(event)) })
  pages.addEventListener('pointercancel', () => { drawn = null })
  pages.addEventListener('pointerup', (event) => {
    if (!drawn) return
    show(place(event))
    drawn.image.parentElement.append(cover)
    drawn = null
  })
  function show (to) {
    const [left, right] = [Math.min(drawn.from.x, to.x), Math.max(drawn.from.x, to.x)]
    const [top, bottom] = [Math.min(drawn.from.y, to.y), Math.max(drawn.from.y, to.y)]
    Object.assign(box.style, {
      left: `${drawn.image.offsetLeft + left * to.wide}px`,
      top: `${drawn.image.offsetTop + top * to.high}px`,
      width: `${(right - left) * to.wide}px`,
      height: `${(bottom - top) * to.high}px`
    })
    // Outwards to a tenth of a per cent, so that nothing that was under the box stays.
    const down = (part) => Math.floor(part * 1000)
    const up = (part) => Math.ceil(part * 1000)
    const per = (thousandths) => String(thousandths / 10)
    const fields = form.elements
    fields.page.value = drawn.image.dataset.page
    fields.left.value = per(down(left))
    fields.top.value = per(down(top))
    fields.width.value = per(up(right) - down(left))
    fields.height.value = per(up(bottom) - down(top))
  }
}

// Single keys in the review; they can be switched off and never act while typing.
function listenForShortcuts () {
  const toggle = document.querySelector('[data-shortcuts]')
  if (!toggle) return
  const say = () => {
    const on = shortcutsOn()
    toggle.setAttribute('aria-pressed', String(on))
    toggle.textContent = on ? 'Switch shortcuts off' : 'Switch shortcuts on'
  }
  toggle.addEventListener('click', () => {
    window.localStorage.setItem('shortcuts', shortcutsOn() ? 'off' : 'on')
    say()
  })
  say()
  const open = () => [...document.querySelectorAll('[data-decision]')]
  let current = open().findIndex((row) => row.dataset.open !== undefined)
  mark(open(), current, false)
  document.addEventListener('keydown', (event) => {
    if (!shortcutsOn() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target.closest('input, textarea, select')) return
    const rows = open()
    const key = event.key
    if ((key === 'j' || key === 'k') && rows.length > 0) {
      const step = key === 'j' ? 1 : rows.length - 1
      current = current < 0 ? 0 : (current + step) % rows.length
      mark(rows, current, true)
    } else if ((key === 'w' || key === 's') && rows[current]) {
      const button = rows[current].querySelector(`[data-key="${key}"]`)
      if (button) button.click()
    } else if (key === '?') {
      const help = document.querySelector('[data-help]')
      help.open = !help.open
      if (help.open) help.querySelector('summary').focus()
    } else if ('nilu'.includes(key)) {
      const control = document.querySelector(`[data-key="${key}"]`)
      if (control) control.click()
    }
  })
}

function shortcutsOn () {
  return window.localStorage.getItem('shortcuts') !== 'off'
}

function mark (rows, current, move) {
  rows.forEach((row, index) => row.classList.toggle('app-decision--current', index === current))
  document.querySelectorAll('.app-mark--current').forEach((place) => place.classList.remove('app-mark--current'))
  const row = rows[current]
  if (!row) return
  const place = document.getElementById(row.dataset.decision)
  if (place) place.classList.add('app-mark--current')
  if (move) {
    (place || row).scrollIntoView({ block: 'center' })
    row.querySelector('button, a').focus({ preventScroll: true })
  }
}
