/** Custom attributes as far as they are one value; anything richer is shown as text. */
export type AttributeValue = string | number | boolean | null
export type Answers = Readonly<Record<string, AttributeValue>>
