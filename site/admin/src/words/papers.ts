/** Printed forms: Chinese alone. The authorisation's text has versions; a consent records the one that was signed. */

export interface Authorisation {
  lead: string
  clauses: { title: string; text: string }[]
  close: string
}

const FIRST: Authorisation = {
  lead: '本人自愿申领居家上门服务证（含安心码），现就本人信息的核验、使用和展示授权如下。本授权书由本人逐条阅读或由他人逐条读给本人听后签署。',
  clauses: [
    { title: '授权给谁', text: '授权本市家政行业协会、其主管部门和本人所在家政企业（以下称“经办单位”），为办理和维护本人证件使用本人信息；治安核查由公安机关进行。' },
    { title: '核验什么', text: '身份信息及人证是否一致；有无法律规定不得从事家政服务的违法犯罪记录，经办单位只接收“通过”或“未通过”的结论和核查日期，不接收具体记录；健康体检的类别、结论和有效期；责任保险的有效期和是否含第三者责任；培训情况；在家政服务中的信用记录。' },
    { title: '用来做什么', text: '只用于审核发证、每年复查、计算安心码颜色、处理投诉和申诉，以及法律规定的用途；不作他用，不出售，不用于推销。' },
    { title: '扫码的人能看到什么', text: '遮去部分字的姓名、照片、所在企业、服务类型、证书尾号、各项是否有效及有效期。看不到证件号码、手机号、住址、体检项目和任何违法犯罪记录。更多内容须由本人当次同意才会显示。' },
    { title: '保存多久', text: '证件有效期内保存；证件注销后按规定期限保存备查，期满删除；不良信用信息自认定之日起满五年删除。' },
    { title: '本人的权利', text: '可以随时查询本人信息和谁查看过，要求更正，对颜色、退回、不予办理和注销提出申诉；可以随时撤回本授权，撤回后安心码即显示“本人已停用”，不影响撤回之前已经依法进行的处理。不签署本授权书则无法核验，因而不能办证，但不影响本人的其他权利。' },
  ],
  close: '其中证件号码、照片、健康状况和治安核查结论属于敏感个人信息，本人单独同意按上述范围处理（《个人信息保护法》第二十九条）。每年的治安复查依《未成年人保护法》第六十二条进行。',
}

export const AUTHORISATIONS: Record<string, Authorisation> = { '2026-1': FIRST }
export const LATEST = '2026-1'

/** The version to print: the one that the standing consent was given on, else the latest. */
export function versionOf(consent: { given_on: string | null; withdrawn_on: string | null; text: string | null }): string {
  const stands = consent.given_on !== null && (consent.withdrawn_on === null || consent.withdrawn_on < consent.given_on)
  return stands && consent.text !== null && consent.text in AUTHORISATIONS ? consent.text : LATEST
}

export const SERVICES = [
  '保洁', '做饭', '钟点工', '居家保姆', '住家保姆', '养老照护', '病患陪护', '母婴照护', '月嫂', '育婴', '家电清洗', '搬家', '维修',
]
export const CONCLUSIONS: Record<string, string> = { passed: '通过', failed: '未通过', pending: '核查中' }
