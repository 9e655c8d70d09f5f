// formats.js SCHEMA BROKEN FILE... - each FILE must be valid under the SARIF schema, and BROKEN not,
// or the schema would prove nothing.
const fs = require("fs");
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;

const [schema, broken, ...files] = process.argv.slice(2);
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const validate = ajv.compile(read(schema));

if (validate(read(broken))) {
    console.error("the SARIF schema accepts anything");
    process.exit(1);
}
for (const file of files) {
    if (validate(read(file))) continue;
    console.error(file, ajv.errorsText(validate.errors, { separator: "\n    " }));
    process.exitCode = 1;
}
