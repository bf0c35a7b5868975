import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // the site lies under admin/ of the bucket, and may lie elsewhere
  base: './',
  plugins: [vue()],
  resolve: { alias: { '@': '/src' } },
  build: {
    target: 'es2022',
    reportCompressedSize: true,
    chunkSizeWarningLimit: 400,
    // what ECharts draws with, beside it: two chunks under 150 KB gzipped that load at once
    rollupOptions: { output: { manualChunks: (id) => (id.includes('/node_modules/zrender/') ? 'zrender' : undefined) } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:4566', '/config.json': 'http://127.0.0.1:4566' } },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.spec.ts'],
    setupFiles: ['src/tests/setup.ts'],
    // a form is typed key by key, on a machine that may do other things
    testTimeout: 20_000,
    // what the pages are made of is bundled once, not read file by file for every test
    deps: { optimizer: { web: { enabled: true, include: ['element-plus', 'element-plus/es/components/config-provider/index.mjs', 'vue', 'vue-router', '@testing-library/vue'] } } },
  },
})
