/** The same keys in every language: zh-TW is written first and gives the shape. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }
