#!/usr/bin/env node
import { defineCommand, runMain } from 'citty'

const main = defineCommand({
  meta: {
    name: 'remember',
    description: 'Looks into the build cache of vite-plugin-remember.',
  },
  // loaded when asked for, so that --help answers at once
  subCommands: {
    audit: () => import('./audit.ts').then((module) => module.audit),
    stats: () => import('./stats.ts').then((module) => module.stats),
    clear: () => import('./clear.ts').then((module) => module.clear),
    ls: () => import('./ls.ts').then((module) => module.ls),
    report: () => import('./report.ts').then((module) => module.report),
    prune: () => import('./prune.ts').then((module) => module.prune),
    show: () => import('./show.ts').then((module) => module.show),
    verify: () => import('./verify.ts').then((module) => module.verify),
    why: () => import('./why.ts').then((module) => module.why),
  },
})

void runMain(main)
