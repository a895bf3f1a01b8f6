/** The rule book says in its own words what proves a deed: a photo that may be, or must not be, is not asked for. */
export function asksForPhotos(evidence: string): boolean {
  const isLeftOpen = /(?:不|可|免|无需|不必|或)[^,，;；、]{0,2}[拍照]|no photo|photo if/i.test(evidence);
  return !isLeftOpen && /照片|拍照|相片|图片|photo|picture/i.test(evidence);
}
