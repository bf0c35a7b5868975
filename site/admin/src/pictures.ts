/** Pictures made smaller before they are sent: a telephone's photo is many times what a check needs. */

const QUALITY = 0.88

/** Give a JPEG whose longer side has at most `longest` pixels, turned upright; null when the browser cannot read it. */
export async function smaller(file: Blob, longest: number): Promise<Blob | null> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!picture) return null
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  const sheet = canvas.getContext('2d')
  if (!sheet) return null
  sheet.fillStyle = '#fff'
  sheet.fillRect(0, 0, canvas.width, canvas.height)
  sheet.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
}

const WIDE = 1080
/** The shades of the telephone's code (outside/qr.py): white on each has a contrast of at least 4.5 : 1. */
const SHADES: Record<string, string> = { green: '#0a6236', yellow: '#7a4a00', grey: '#434a54', red: '#8c1020' }

/** Draw a telephone's code in a frame of its colour, with words above and below, as a PNG to keep; null when it cannot be drawn. */
export async function framed(svg: string, colour: string, above: string, below: string): Promise<Blob | null> {
  const code = new Image()
  code.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  const read = await code.decode().then(() => true, () => false)
  const canvas = document.createElement('canvas')
  const sheet = canvas.getContext('2d')
  if (!read || !sheet) return null
  const inner = WIDE - 160
  const high = Math.round((inner * code.height) / code.width)
  canvas.width = WIDE
  canvas.height = high + 360
  sheet.fillStyle = SHADES[colour] ?? SHADES.grey!
  sheet.fillRect(0, 0, canvas.width, canvas.height)
  sheet.drawImage(code, 80, 180, inner, high)
  sheet.fillStyle = '#fff'
  sheet.textAlign = 'center'
  sheet.textBaseline = 'middle'
  for (const [text, size, y] of [[above, 76, 95], [below, 46, high + 270]] as const) {
    sheet.font = `700 ${size}px system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif`
    sheet.fillText(text, WIDE / 2, y, WIDE - 100)
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
