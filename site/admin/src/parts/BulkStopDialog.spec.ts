import { render, screen, waitFor } from '@testing-library/vue'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'

import BulkStopDialog from './BulkStopDialog.vue'

function show() {
  return render(BulkStopDialog, { props: { open: true, companies: [], loading: false, busy: false, problem: null } })
}

describe('asking for a bulk stop', () => {
  it('names every fault before anything is sent', async () => {
    const { emitted } = show()
    await userEvent.click(await screen.findByRole('button', { name: '查看涉及人数' }))
    expect(await screen.findByText('请填写或选择来源')).toBeTruthy()
    expect(await screen.findByText('请填写依据')).toBeTruthy()
    expect(emitted().preview).toBeUndefined()
  })

  it('sends each name once, as the lines say', async () => {
    const { emitted } = show()
    const user = userEvent.setup()
    await user.type(await screen.findByLabelText(/机构名称/), ' 某体检中心 {enter}某分部{enter}某体检中心')
    await user.click(screen.getByRole('combobox', { name: '法律依据' }))
    await user.click(await screen.findByText('体检、培训或保险的出具单位经查不可靠'))
    await user.type(screen.getByLabelText(/写明文号/), '某函 8 号')
    await user.click(screen.getByRole('button', { name: '查看涉及人数' }))
    await waitFor(() => expect(emitted().preview).toEqual([[{ kind: 'exam', names: ['某体检中心', '某分部'], move: 'suspend', basis: 'source', ground: '某函 8 号' }]]))
  })

  it('offers only the bases that bear the move', async () => {
    show()
    const user = userEvent.setup()
    await user.click(await screen.findByRole('radio', { name: '注销' }))
    await user.click(screen.getByRole('combobox', { name: '法律依据' }))
    expect(await screen.findByText('持证人死亡')).toBeTruthy()
    expect(screen.queryByText('投诉、举报调查期间')).toBeNull()
  })
})
