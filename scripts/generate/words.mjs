// Record types, as `name: 'field:type …'`; a type with bars is a choice.
const records = {
  invoice:
    'reference:text customer:text total:money paid:money reminders:number due:date status:draft|sent|paid|overdue disputed:flag',
  shipment:
    'tracking:text carrier:text weight:number freight:money pickup:date arrival:date stage:packed|moving|held|delivered insured:flag',
  ticket:
    'subject:text reporter:text votes:number hoursSpent:number opened:date priority:low|normal|high|urgent answered:flag channel:mail|phone|chat',
  member:
    'fullName:text city:text visits:number balance:money joined:date plan:trial|basic|family|patron newsletter:flag',
  booking:
    'guest:text room:text nights:number deposit:money arrival:date state:asked|held|confirmed|cancelled breakfast:flag',
  product:
    'label:text brand:text stock:number price:money restocked:date shelf:front|middle|back|outdoor fragile:flag',
  supplier:
    'company:text contact:text orders:number openAmount:money lastOrder:date rating:poor|fair|good|excellent local:flag',
  payment:
    'payer:text purpose:text amount:money fee:money booked:date method:card|transfer|cash|voucher refunded:flag',
  campaign:
    'headline:text audience:text sent:number clicks:number budget:money starts:date phase:idea|planned|running|done seasonal:flag',
  lesson:
    'topic:text teacher:text seats:number taken:number fee:money held:date level:first|second|third|open online:flag',
  recipe:
    'dish:text author:text portions:number minutes:number cost:money tested:date course:starter|main|dessert|snack vegan:flag',
  vehicle:
    'plate:text driver:text mileage:number consumption:number serviceCost:money nextService:date kind:van|truck|car|bicycle rented:flag',
  sensor:
    'station:text unit:text readings:number drift:number battery:number calibrated:date health:fine|noisy|silent|replaced outdoor:flag',
  appointment:
    'visitor:text desk:text minutes:number charge:money day:date outcome:waiting|seen|missed|moved first:flag',
  contract:
    'party:text clause:text pages:number value:money signed:date ends:date term:month|quarter|year|open renewed:flag',
  survey:
    'question:text group:text answers:number skipped:number closed:date mood:harsh|mixed|warm|glad anonymous:flag',
  release:
    'version:text manager:text changes:number fixes:number size:number shipped:date channel:alpha|beta|stable|longTerm breaking:flag',
  warehouse:
    'site:text keeper:text pallets:number capacity:number rent:money audited:date zone:north|east|south|west heated:flag',
  trip: 'destination:text guide:text travellers:number distance:number fare:money leaves:date mode:train|bus|ferry|foot guided:flag',
  donation:
    'donor:text project:text amount:money gifts:number received:date source:letter|event|website|street recurring:flag',
  subscription:
    'reader:text title:text issues:number fee:money renews:date status:trial|active|paused|ended printed:flag',
  inspection:
    'building:text inspector:text defects:number score:number fine:money visited:date result:passed|noted|repeated|failed announced:flag',
  repair:
    'device:text technician:text parts:number labour:number price:money promised:date step:queued|opened|waiting|finished warranty:flag',
  translation:
    'phrase:text translator:text words:number comments:number rate:money deadline:date language:polish|finnish|welsh|catalan reviewed:flag',
  harvest:
    'field:text crop:text crates:number loss:number revenue:money picked:date quality:seed|feed|table|export organic:flag',
  exhibit:
    'piece:text lender:text visitors:number area:number insurance:money opens:date hall:atrium|gallery|vault|garden touring:flag',
}

export const qualifiers =
  'Recent Overdue Pending Archived Regional Weekly Monthly Shared Priority Open Compact Detailed Annual Linked Assigned Flagged Imported Nearby Upcoming Seasonal Partner Bulk Quick Internal Public Primary Secondary Grouped Matched Daily Reviewed Expected Delayed Central Mobile Printed Planned Verified Late Early'.split(
    ' ',
  )

export const people =
  'Ada Brandt|Ben Okafor|Carla Rossi|Dmitri Sokol|Elif Demir|Femi Adeyemi|Greta Holm|Hugo Martin|Ines Duarte|Jonas Lind|Kaja Novak|Liam Walsh|Marta Wolska|Nils Berg|Olga Petrova|Pablo Vidal|Rosa Klein|Sami Laine|Tara Singh|Vera Costa'.split(
    '|',
  )

export const things =
  'Harbour|Orchard|Lantern|Meadow|Copper|Willow|Anchor|Quarry|Saffron|Birch|Comet|Pebble|Juniper|Marble|Falcon|Cedar|Ember|Tundra|Velvet|Canyon'.split(
    '|',
  )

export const capital = (word) => word[0].toUpperCase() + word.slice(1)

/** `hoursSpent` to `Hours spent`. */
export const label = (name) =>
  capital(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))

export const kebab = (name) =>
  name.replace(/[A-Z]/g, (letter, at) => `${at ? '-' : ''}${letter.toLowerCase()}`)

/** The record types that generated code is about. */
export const entities = Object.entries(records).map(([name, spec]) => {
  const fields = spec.split(' ').map(parseField)
  const of = (...types) => fields.filter((field) => types.includes(field.type))
  return {
    name,
    type: capital(name),
    fields,
    texts: of('text'),
    numbers: of('number', 'money'),
    dates: of('date'),
    flags: of('flag'),
    choices: of('choice'),
    choiceType: (field) => capital(name) + capital(field.name),
  }
})

function parseField(spec) {
  const [name, type] = spec.split(':')
  const values = type.includes('|') ? type.split('|') : undefined
  return { name, label: label(name), type: values ? 'choice' : type, values }
}
