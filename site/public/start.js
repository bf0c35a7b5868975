// The start page's language, demo banner and city. Without it the page is whole, in Chinese.
const asked = new URLSearchParams(location.search).get('lang')
const english = asked === 'en'

document.getElementById('host').textContent = location.host

if (english) {
  document.documentElement.lang = 'en'
  document.title = 'Anxinma · Certificates for domestic workers'
  for (const one of document.querySelectorAll('[data-en]')) one.textContent = one.dataset.en
  for (const one of document.querySelectorAll('[data-en-label]')) one.setAttribute('aria-label', one.dataset.enLabel)
  for (const link of document.querySelectorAll('a.keep')) link.href += '?lang=en'
  const other = document.getElementById('other')
  Object.assign(other, { textContent: '中文', href: '/', lang: 'zh-CN', hreflang: 'zh-CN' })
}

try {
  const config = await (await fetch('/config.json', { cache: 'no-store' })).json()
  document.getElementById('demo').hidden = config.demo !== true
  if (config.city_name && !english) document.getElementById('city').textContent = `${config.city_name} · 居家上门服务证`
} catch {
  // no configuration: the page says what it can say without
}
