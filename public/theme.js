// Applies the chosen theme before the first paint. Kept in step with src/web/state/theme.ts.
;(function () {
  var choice = null
  try {
    choice = localStorage.getItem('rushes.theme')
  } catch (error) {
    // Storage is switched off: the studio is dark.
  }
  var light = choice === 'light' || (choice === 'system' && matchMedia('(prefers-color-scheme: light)').matches)
  document.documentElement.dataset['theme'] = light ? 'light' : 'dark'
})()
