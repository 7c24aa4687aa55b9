/**
 * Every colour is a neutral grey from src/web/styles.css, except the one accent and the two that tell of trouble.
 * @param {string} name
 */
const token = (name) => `var(--${name})`

/** @type {import('tailwindcss').Config} */
export default {
  content: ['./index.html', './src/web/**/*.{ts,tsx}'],
  theme: {
    extend: {
      colors: {
        room: token('room'),
        panel: token('panel'),
        raised: token('raised'),
        sunken: token('sunken'),
        line: token('line'),
        track: token('track'),
        edge: token('edge'),
        ink: token('ink'),
        soft: token('soft'),
        faint: token('faint'),
        amber: token('amber'),
        'amber-ink': token('amber-ink'),
        'on-amber': token('on-amber'),
        trouble: token('trouble'),
      },
      fontFamily: {
        sans: ['Inter Variable', 'system-ui', 'sans-serif'],
        mono: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', 'monospace'],
      },
    },
  },
}
