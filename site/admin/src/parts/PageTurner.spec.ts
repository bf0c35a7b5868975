import { fireEvent, render, screen } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { defineComponent, nextTick, ref } from 'vue'

import PageTurner from './PageTurner.vue'

const turns: number[] = []
const busy = ref(false)
const Sheet = defineComponent({
  components: { PageTurner },
  setup: () => ({ busy, turn: (by: number) => { turns.push(by); busy.value = true } }),
  template: '<section class="sheet" aria-label="list"><PageTurner :number="2" :count="50" more :busy="busy" @turn="turn" /></section>',
})

describe('the turner of a list', () => {
  it('turns once however often it is pressed, and goes to the top of the page that came', async () => {
    render(Sheet)
    await fireEvent.click(screen.getByRole('button', { name: '下一页' }))
    await fireEvent.click(screen.getByRole('button', { name: '下一页' }))
    expect(turns).toEqual([1])
    busy.value = false
    await nextTick()
    await nextTick()
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'list' }))
  })
})
