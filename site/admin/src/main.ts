/** Mounts. The address is cleaned of the sign-in's code before the router reads it. */

import { createApp } from 'vue'

import App from './App.vue'
import { makeRouter } from './router'
import { start } from './session'
import './style/elements'
import './style/tokens.css'
import './style/base.css'
import { speakAsBefore } from './words'

await Promise.all([start(), speakAsBefore()])
createApp(App).use(makeRouter()).mount('#app')
