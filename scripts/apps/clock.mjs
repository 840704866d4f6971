// Preloaded into builds by `npm run apps -- --clock`: the date stands still, so that time
// stamps are the same in every build. Shiki's time limit for a line is taken from it too
// (@shikijs/vscode-textmate, `_tokenizeString`), so no line is given up on a busy machine.
const now = Number(process.env.APPS_CLOCK)

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now] : args, newTarget),
  apply: (target) => new target(now).toString(),
})
Date.now = () => now
