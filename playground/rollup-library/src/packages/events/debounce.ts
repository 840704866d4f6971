export function debounce<A extends unknown[]>(call: (...args: A) => void, wait: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const debounced = (...args: A): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      call(...args)
    }, wait)
  }
  debounced.cancel = (): void => clearTimeout(timer)
  return debounced
}
