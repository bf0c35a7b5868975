/** What the hotline reads out: Chinese alone, since it is spoken on the telephone. Reasons bring their own sentence. */

import type { CheckColour } from '@/api/types'

export interface Script {
  /** To be read out as it stands, sentence by sentence. */
  say: string[]
  /** What the clerk does, or asks the caller to do. */
  next: string[]
}

export const OPENING = [
  '您好，这里是家政服务查验热线。请把证件上的 17 位证书编号慢慢读给我。',
  '（查到后）请您看着来人的身份证，告诉我姓什么。',
]

export const SCRIPTS: Record<CheckColour | 'withdrawn', Script> = {
  green: {
    say: [
      '这张上门服务证今天是绿色，证书有效，体检和保险今天都在有效期内。',
      '登记的所属企业是{company}，服务类型是{services}。请您核对来人的身份证和企业都对得上，再让对方进门。',
      '进门以后，建议您扫一下证件上的码，点“确认入户”，留下服务记录。',
    ],
    next: ['请来电人说出身份证上的姓，与上方遮去的姓名核对；对不上，按“来人不是本人”处理。'],
  },
  yellow: {
    say: [
      '这张上门服务证今天是黄色，证书有效，但有事项须留意。',
      '具体是：{reasons}。',
      '是否聘用由您自行决定。如果聘用，请先核对来人的身份证，并提醒对方联系所属企业尽快补齐。',
    ],
    next: ['只说列出的原因，不作评价。', '来电人要求换人的，请其联系派出此人的企业。'],
  },
  red: {
    say: [
      '这张上门服务证今天是红色，不推荐聘用，请不要凭这张证让对方进门。',
      '系统记录的原因是：{reasons}。',
      '请您联系派出此人的企业，要求更换人员。对方坚持进门，或者您感到不安全，请立即拨打 110。',
    ],
    next: ['来人已在家中的：请来电人离开到安全的地方，保持通话，必要时代为拨打 110。', '来电人愿意举报的，打开查验页点“举报”，由协会核实。'],
  },
  grey: {
    say: [
      '这张上门服务证今天是灰色，有信息还没有核实，现在不能确认这个人是否合格。',
      '目前记录的是：{reasons}。',
      '在变为绿色之前，请不要仅凭这张证让对方进门。可以请对方联系所属企业补齐，之后再打来查一次。',
    ],
    next: ['灰色不等于有问题，也不等于没问题，两种话都不要说。'],
  },
  withdrawn: {
    say: ['持证人本人已经停用了这个码，我们不能提供任何信息。', '请不要仅凭这张证让对方进门；请联系派出此人的企业，核实身份后再决定。'],
    next: ['不解释本人为何停用，也不说停用之前是什么颜色。'],
  },
}

export const ABSENT: Script = {
  say: [
    '我这里没有查到这个编号。请您对着证件再读一遍，一共是 17 位数字。',
    '（再查仍没有）本平台没有发过这个编号的证，请不要凭它让任何人进门。',
    '请联系派出此人的企业核实；对方坚持进门或您感到不安全，请拨打 110。',
  ],
  next: ['核对是否少读、重读了数字，再查一次。', '外地证件请其拨打发证城市的热线。', '请来电人扫证件上的码，在打开的页面点“举报”。'],
}

export const UNAVAILABLE: Script = {
  say: ['系统暂时读不到这张证的情况，既不能说合格，也不能说不合格。', '请您稍等，或者过几分钟再打来；查清之前请不要让对方进门。'],
  next: ['过一分钟点“重新查询”。', '十分钟后仍查不到的，报协会值班人员。'],
}

export const NEVER = [
  '不说“放心”“没问题”“保证安全”，只说证件今天的颜色和原因。',
  '不说全名、年龄、籍贯、手机号、住址、身份证号；系统也不会给您看。',
  '安全核查只说“未通过”，不猜测、不解释是什么事。',
  '不说体检查出了什么；系统里也没有。',
  '不按姓名、手机号或身份证号代查，请来电人读证书编号。',
  '不替来电人决定用不用这个人。',
]

/** What the caller can be told when asking “why, and what now”, by the code of the reason. */
export const AFTER: Record<string, string> = {
  'certificate-pending': '证件还没有发到本人手里或没有启用，请其到所属企业领取。',
  'certificate-suspended': '证件在暂停期间不能使用，何时恢复由协会决定，请让企业换人。',
  'certificate-lost': '这张证已经挂失，拿着它的可能不是本人，请不要让其进门。',
  'certificate-replaced': '这是换发前的旧证，请其出示新证或手机上的安心码再查。',
  'certificate-revoked': '证件已经注销，不再有效，请让企业换人。',
  'certificate-expired': '证件到期没有续，请其通过所属企业续期后再查。',
  'review-overdue': '没有按时年审，请其通过所属企业补办年审。',
  'exam-missing': '系统里没有体检记录，请其通过所属企业登记。',
  'exam-lapsed': '体检过期，请其重新体检并由企业登记，当天就会更新。',
  'exam-weak': '体检的类别达不到这项服务的要求，请其按要求重新体检。',
  'insurance-missing': '系统里没有保险记录，请其通过所属企业登记。',
  'insurance-lapsed': '保险过期，请其续保并由企业登记，当天就会更新。',
  'insurance-no-third-party': '保险不赔雇主的损失，请其补上第三者责任险。',
  'background-pending': '安全核查还没有结论，有结论后会自动更新。',
  'background-failed': '只说“安全核查未通过”，不再多说；请让企业换人。',
  'recheck-overdue': '安全核查每年要复查一次，这次还没有做，请其联系所属企业。',
  'identity-unverified': '协会还没有核对过本人和身份证，请其通过所属企业办理。',
  'training-missing': '系统里没有培训记录，请其通过所属企业登记。',
  'company-suspended': '派出此人的企业已被暂停服务，请更换企业。',
  'data-unavailable': '系统暂时读不到，请稍后再查。',
}
