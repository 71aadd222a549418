// Puts the third-party files of the user interface into one folder, each with its licence text.
//   node build.mjs [folder]      (without a folder: ../static/vendor)
// The folder is replaced as a whole. manifest.json is written last: where it stands, the folder is complete.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "../static/vendor"));
const inPackages = (...parts) => join(here, "node_modules", ...parts);
const read = (path) => readFileSync(path, "utf8");
const described = (name) => JSON.parse(read(inPackages(name, "package.json")));

function put(name, content) {
  mkdirSync(dirname(join(target, name)), { recursive: true });
  writeFileSync(join(target, name), content);
}

function copy(from, name) {
  mkdirSync(dirname(join(target, name)), { recursive: true });
  copyFileSync(from, join(target, name));
}

/** The radar chart's script; returns the names of the packages whose code is in it. */
async function bundleRadar() {
  const { metafile } = await build({
    stdin: {
      resolveDir: here,
      contents: `
        const Plotly = require("plotly.js/lib/core");
        Plotly.register([require("plotly.js/lib/scatterpolar"), require("plotly.js/lib/locales/de")]);
        module.exports = Plotly;`,
    },
    outfile: join(target, "plotly-radar.js"),
    absWorkingDir: here,
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "Plotly",
    target: "es2020",
    define: { global: "window" },
    loader: { ".css": "empty" }, // the style sheet of the maps, which are not in the bundle
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const used = Object.entries(output.inputs).filter(([path, input]) => input.bytesInOutput && !path.endsWith(".css"));
  const names = used.flatMap(([path]) => path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** KERN's style sheet as it is, and exactly the fonts that its font sheet names. */
function copyKern() {
  const dist = inPackages("@kern-ux/native/dist");
  for (const sheet of ["kern.min.css", "fonts/fira-sans.css"]) copy(join(dist, sheet), join("kern", sheet));
  for (const [, font] of read(join(dist, "fonts/fira-sans.css")).matchAll(/url\("\.\/([^"]+)"\)/g)) {
    copy(join(dist, "fonts", font), join("kern/fonts", font));
  }
}

/** The fonts of the reports: the PDF engine reads TTF only. */
function copyReportFonts() {
  const cuts = { Regular: "400Regular", Italic: "400Regular_Italic", SemiBold: "600SemiBold", Bold: "700Bold" };
  for (const [cut, source] of Object.entries(cuts)) {
    copy(inPackages("@expo-google-fonts/fira-sans", source, `FiraSans_${source}.ttf`), `fonts/FiraSans-${cut}.ttf`);
  }
}

/** The licence text of a package; a package without one gets its declared licence, author and the MIT wording. */
function licenceText(name) {
  const file = readdirSync(inPackages(name)).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (file) return read(inPackages(name, file));
  const { license, author } = described(name);
  if (license !== "MIT") throw new Error(`${name}: no licence text, and its licence is ${license}`);
  const mit = read(inPackages("plotly.js/LICENSE"));
  return `Copyright (c) ${author.name ?? author}\n\nDeclared as MIT; the package holds no licence text of its own. ` +
    `The MIT wording:\n\n${mit.slice(mit.indexOf("Permission is hereby granted"))}`;
}

/** Writes the licence text and returns the manifest's line about one part. */
function part(name, files, licence = described(name).license, text = licenceText(name)) {
  const { version, repository } = described(name);
  const licenceFile = `LICENSES/${name.replace("@", "").replace("/", "-")}-${licence}.txt`;
  put(licenceFile, text);
  const source = (repository?.url ?? repository)?.replace(/^git\+/, "");
  return { name, version, licence, licence_file: licenceFile, files, source };
}

rmSync(target, { recursive: true, force: true });
put(".gitignore", "*\n");
const bundled = await bundleRadar();
copyKern();
copyReportFonts();
const openFontLicence = read(inPackages("@expo-google-fonts/fira-sans/LICENSE_FONT"));
const packages = [
  part("@kern-ux/native", "kern/kern.min.css, kern/fonts/fira-sans.css"),
  part("@kern-ux/native", "kern/fonts/fira-sans/*.woff2", "OFL-1.1", openFontLicence), // the package has the fonts without their licence
  part("@expo-google-fonts/fira-sans", "fonts/*.ttf", "OFL-1.1", openFontLicence),
  ...bundled.map((name) => part(name, "plotly-radar.js")),
];
const inputs = createHash("sha256");
for (const name of ["package-lock.json", "build.mjs"]) inputs.update(readFileSync(join(here, name)));
put("manifest.json", JSON.stringify({ inputs: inputs.digest("hex"), packages }, null, 2) + "\n");
