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
