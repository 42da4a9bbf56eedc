import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Not TypeScript: checking it would need Node's types as a package more.

/** Each file is compressed once, here, instead of for every visitor. */
function compressed() {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      const folder = new URL('./dist/assets/', import.meta.url);
      for (const name of readdirSync(folder)) {
        const content = readFileSync(new URL(name, folder));
        writeFileSync(new URL(`${name}.br`, folder), brotliCompressSync(content));
        writeFileSync(new URL(`${name}.gz`, folder), gzipSync(content, { level: 9 }));
      }
    },
  };
}

// Components of the library that the page does not use; a build that finds one of them used fails, and says so.
const UNUSED = [
  ...['ActionBar', 'AngleSlider', 'AppShell', 'AspectRatio', 'BackgroundImage', 'Blockquote', 'Breadcrumbs', 'Burger'],
  ...['Card', 'Cascader', 'Chip', 'ColorInput', 'ColorPicker', 'ColorSwatch', 'DataList', 'Dialog', 'EmptyState'],
  ...[
    'FloatingWindow',
    'Indicator',
    'Mark',
    'Marquee',
    'Mentions',
    'Menubar',
    'NavLink',
    'NumberInput',
    'OverflowList',
  ],
  ...['Pagination', 'PhoneInput', 'PinInput', 'Rating', 'RingProgress', 'RollingNumber', 'SemiCircleProgress'],
  ...['Slider', 'Spoiler', 'Splitter', 'Stepper', 'TableOfContents', 'Toggle', 'Toolbar', 'Tour', 'Tree', 'TreeSelect'],
  'Typography',
];

/** The library's style sheet without what the page does not use, which is a third of it. */
function usedStyles() {
  const folder = new URL('./node_modules/@mantine/core/styles/', import.meta.url);
  return {
    name: 'used-styles',
    enforce: 'pre',
    transform(code, id) {
      if (/@mantine\/core\/styles\.layer\.css$/.test(id)) {
        return UNUSED.reduce(
          (all, one) => all.replace(readFileSync(new URL(`${one}.css`, folder), 'utf8').trim(), ''),
          code,
        );
      }
      if (id.includes('node_modules') || !/\.tsx?$/.test(id)) return null;
      const imported = [...code.matchAll(/import\s*\{([^}]*)\}\s*from '@mantine\/core'/g)].flatMap((one) =>
        one[1].split(','),
      );
      const missing = imported.map((one) => one.trim()).filter((one) => UNUSED.includes(one));
      if (missing.length) this.error(`${missing.join()} is used: take it out of UNUSED in vite.config.js`);
      return null;
    },
  };
}

/** The style sheets come after the empty frame, which a browser draws without waiting for them, and before the
 * program, whose own style elements overrule them. */
function frameFirst() {
  return {
    name: 'frame-first',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const sheets = html.match(/ *<link rel="stylesheet"[^>]*>\n?/g) ?? [];
        const without = sheets.reduce((text, sheet) => text.replace(sheet, ''), html);
        return without.replace('<div id="root">', `${sheets.join('')}<div id="root">`);
      },
    },
  };
}

/** The manifest, and the service worker with the name of its release: both stand outside `assets/`. */
function installable() {
  const source = (path) => readFileSync(new URL(path, import.meta.url));
  const pictures = {};
  return {
    name: 'installable',
    apply: 'build',
    buildStart() {
      for (const size of [192, 512]) {
        const name = `icon-${size}.png`;
        pictures[size] = this.emitFile({ type: 'asset', name, source: source(`./shell/${name}`) });
      }
    },
    generateBundle(_, bundle) {
      const icons = [192, 512].map((size) => ({
        src: `/${this.getFileName(pictures[size])}`,
        sizes: `${size}x${size}`,
        type: 'image/png',
      }));
      const manifest = { ...JSON.parse(source('./offline/manifest.json')), icons };
      const release = createHash('sha256').update(Object.keys(bundle).sort().join()).digest('hex').slice(0, 12);
      const worker = String(source('./offline/service-worker.js')).replace('RELEASE', release);
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(manifest) });
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: worker });
    },
  };
}

const CALENDAR = 'calendar/calendar-page.tsx';
const FIRST_STEPS = 'accounts/first-steps.tsx';

/** All modules that come with one, without those that are loaded later. */
function closure(id, modules, found = new Set()) {
  if (found.has(id)) return found;
  found.add(id);
  for (const one of modules.getModuleInfo(id)?.importedIds ?? []) closure(one, modules, found);
  return found;
}

/**
 * A hundred small files cost more on the way than what is in them. What every page needs is one file, and what the
 * calendar and the first steps share with other pages another one.
 */
function fewFiles() {
  let app = null;
  let shared = null;
  const look = (modules) => {
    const ids = [...modules.getModuleIds()];
    const main = ids.find((id) => id.endsWith('/main.tsx'));
    const [calendar, steps] = [CALENDAR, FIRST_STEPS].map((name) => ids.find((id) => id.endsWith(`/${name}`)));
    const lazy = new Set(ids.flatMap((id) => modules.getModuleInfo(id)?.dynamicallyImportedIds ?? []));
    lazy.delete(calendar);
    const elsewhere = new Set([...lazy].flatMap((id) => [...closure(id, modules)]));
    app = closure(main, modules);
    const first = [...closure(calendar, modules), ...closure(steps, modules)];
    shared = new Set(first.filter((id) => id !== steps && elsewhere.has(id)));
  };
  return {
    name: 'few-files',
    apply: 'build',
    buildEnd() {
      look(this);
    },
    group: (id) => (app?.has(id) ? 'app' : shared?.has(id) ? 'shared' : null),
  };
}

const files = fewFiles();

export default defineConfig({
  plugins: [react(), usedStyles(), frameFirst(), installable(), files, compressed()],
  build: {
    target: 'es2023',
    // All of these know light-dark(), so that a colour follows the scheme that a person chose.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The policy of the page forbids inline scripts, and data: addresses for anything but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: files.group }] } } },
  },
});
