/** The tables of opencc-js: pairs `from to` separated by `|`; several targets are separated by blanks, the first is the usual one. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  export default pairs;
}
declare module 'opencc-js/dict/TWVariants' {
  const pairs: string;
  export default pairs;
}
declare module 'opencc-js/dict/HKVariants' {
  const pairs: string;
  export default pairs;
}
