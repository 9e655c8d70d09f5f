// The JSON Schema says the same as the program: ajv and the `yaml` package judge every fixture beside
// `pgretain check`, and thousands of policies that differ from a good one in one place beside
// judge.c.
//     schema.js PROGRAM JUDGE SOURCE_ROOT
"use strict";
const fs = require("fs");
const path = require("path");
const { spawnSync } = require("child_process");
const Ajv = require("ajv");
const YAML = require("yaml");

const [program, judge, root] = process.argv.slice(2);
const fixtures = path.join(root, "tests/fixtures/policies");

let problems = 0;
function problem(text) {
    console.error(text);
    problems++;
}

const printed = spawnSync(program, ["schema"], { encoding: "utf8" }).stdout;
const schema = JSON.parse(printed);
const validate = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true })
    .compile(schema);

// Its form: draft-07, closed mappings, a description on every field.

const keywords = ["allOf", "anyOf", "oneOf"];

function checkForm(at, where) {
    if (typeof at !== "object" || at === null) return;
    const isMapping = at.type === "object";
    if (isMapping && at.additionalProperties !== false) problem(`${where}: not closed`);
    for (const [name, field] of Object.entries(isMapping ? at.properties ?? {} : {}))
        if (typeof field.description !== "string" || field.description === "")
            problem(`${where}/${name}: a field without a description`);
    for (const group of ["properties", "patternProperties", "definitions"])
        for (const [name, part] of Object.entries(at[group] ?? {}))
            checkForm(part, `${where}/${name}`);
    for (const word of keywords)
        (at[word] ?? []).forEach((part, i) => checkForm(part, `${where}/${word}/${i}`));
    checkForm(at.items, `${where}/items`);
}

function checkSchema() {
    const file = fs.readFileSync(path.join(root, "policies/pgretain.schema.json"), "utf8");
    if (file !== printed) problem("`pgretain schema` differs from policies/pgretain.schema.json");
    if (schema.$schema !== "http://json-schema.org/draft-07/schema#") problem("not draft-07");
    for (const [name, part] of Object.entries(schema.definitions))
        if (!part.description) problem(`definition ${name}: no description`);
    checkForm(schema, "");
}

// The two judges.

function schemaAccepts(text) {
    let documents;
    try {
        documents = YAML.parseAllDocuments(text, { version: "1.2", prettyErrors: false });
        if (documents.length !== 1 || documents[0].errors.length > 0) return false;
        return validate(documents[0].toJS({ maxAliasCount: 100 }));
    } catch (error) {
        if (error instanceof ReferenceError || error instanceof YAML.YAMLParseError) return false;
        throw error;
    }
}

// The program's errors, [] for a policy.
function programErrors(file) {
    const run = spawnSync(program, ["check", file], { encoding: "utf8" });
    if (run.status === 0 || run.status === 3) return [];
    if (run.status !== 2) problem(`${file}: exit status ${run.status}\n${run.stderr}`);
    return [...run.stderr.matchAll(/^.*?: error: (.*)$/gm)].map((found) => found[1]);
}

// Fixtures. The list names the bad ones that the schema cannot refuse, each with the reason.

function readList() {
    const list = new Map();
    const lines = fs.readFileSync(path.join(__dirname, "only_the_program.txt"), "utf8").split("\n");
    for (const line of lines) {
        const [, name, reason] = line.match(/^(\S+)\s+(\S.*)$/) ?? [];
        if (line === "" || line.startsWith("#")) continue;
        if (name === undefined || list.has(name)) problem(`only_the_program.txt: "${line}"`);
        list.set(name, reason);
    }
    return list;
}

function checkFixtures() {
    const list = readList();
    let good = 0, bad = 0;
    for (const kind of ["good", "bad"])
        for (const name of fs.readdirSync(path.join(fixtures, kind))) {
            if (!name.endsWith(".yaml")) continue;
            const file = path.join(fixtures, kind, name);
            const accepts = schemaAccepts(fs.readFileSync(file, "utf8"));
            const stem = name.slice(0, -".yaml".length);
            if (kind === "good" && !accepts) problem(`${name} is good, the schema refuses it`);
            if (kind === "bad" && accepts && !list.has(stem))
                problem(`${name} is bad, the schema accepts it`);
            if (kind === "bad" && !accepts && list.has(stem))
                problem(`${name} is listed, but the schema refuses it`);
            if (programErrors(file).length > 0 !== (kind === "bad"))
                problem(`${name}: the program says otherwise`);
            list.delete(stem);
            if (kind === "good") good++;
            else bad++;
        }
    for (const name of list.keys()) problem(`${name} is listed and does not exist`);
    if (good < 7 || bad < 150) problem(`only ${good} good and ${bad} bad fixtures were found`);
    return `${good} good and ${bad} bad fixtures`;
}

// Mutants: a good policy with one value replaced, dropped, renamed or doubled. What the schema
// refuses, the program must refuse too; what only the program refuses must be of these kinds.

const onlyTheProgram = [
    /^unknown category /, // looked up in another part of the file
    /^two (rules|holds) have the id /,
    /^two masks on column /,
    /keeps for .*(beyond the cap of|longer than its category's)/,
    /^a cap of .* is beyond 24 months/,
    /^nothing purges or anonymises /,
];
const used = new Set();

const replacements = [
    null, 0, 7, -1, true, "", " ", "x", "a.b", "A b", "*.x", 'a."b', "1 day", "0 days", "13 dya",
    "2026-02-03", "2026-13-01", "50%", "$.a", [], [null], ["x"], ["x", "x"], ["a.b", "c.d"],
    [[]], {}, { x: 1 }, { x: null },
];

function* places(at, trail = []) {
    if (trail.length > 0) yield trail;
    if (Array.isArray(at)) for (let i = 0; i < at.length; i++) yield* places(at[i], [...trail, i]);
    else if (typeof at === "object" && at !== null)
        for (const key of Object.keys(at)) yield* places(at[key], [...trail, key]);
}

function changed(base, trail, change) {
    const copy = structuredClone(base);
    const parent = trail.slice(0, -1).reduce((at, step) => at[step], copy);
    change(parent, trail[trail.length - 1]);
    return copy;
}

function* mutants(base) {
    for (const trail of places(base)) {
        const last = trail[trail.length - 1];
        for (const value of replacements)
            yield changed(base, trail, (parent, key) => { parent[key] = value; });
        yield changed(base, trail, (parent, key) => {
            if (Array.isArray(parent)) parent.splice(key, 1);
            else delete parent[key];
        });
        if (typeof last === "number")
            yield changed(base, trail, (parent, key) => { parent.push(parent[key]); });
        else
            yield changed(base, trail, (parent, key) => {
                parent[key + "x"] = parent[key];
                delete parent[key];
            });
    }
}

function judgeMutant(mutant, text, errors) {
    const accepts = validate(mutant);
    if (!accepts && errors.length === 0)
        problem(`only the schema refuses ${text}\n    ${JSON.stringify(validate.errors)}`);
    for (const error of accepts ? errors : []) {
        const kind = onlyTheProgram.find((each) => each.test(error));
        if (kind === undefined)
            problem(`the schema accepts ${text}\n    the program says: ${error}`);
        used.add(kind);
    }
    return accepts && errors.length === 0;
}

function checkMutants() {
    const file = path.join(fixtures, "good/every_key.yaml");
    const base = YAML.parse(fs.readFileSync(file, "utf8"));
    const all = new Map();
    for (const mutant of mutants(base)) all.set(JSON.stringify(mutant), mutant);
    const input = [...all.keys()].map((text) => text + "\n").join("");
    const run = spawnSync(judge, { input, encoding: "utf8", maxBuffer: 1 << 28 });
    const lines = run.stdout.split("\n");
    if (run.status !== 0 || lines.length !== all.size + 1) problem(`judge: status ${run.status}`);
    let accepted = 0, at = 0;
    for (const [text, mutant] of all)
        accepted += judgeMutant(mutant, text, lines[at++].split("\t").slice(1)) ? 1 : 0;
    if (accepted < 500 || accepted > all.size / 2)
        problem(`${accepted} of ${all.size} mutants are policies`);
    for (const kind of onlyTheProgram)
        if (!used.has(kind)) problem(`no mutant shows that only the program can refuse ${kind}`);
    return `${all.size} mutants of which ${accepted} are policies`;
}

checkSchema();
console.log(checkFixtures());
console.log(checkMutants());
process.exit(problems > 0 ? 1 : 0);
