// ci_examples.js README FOLDER - reads the CI examples of README.md (YAML after "<!-- ci -->") and
// writes the commands of each job into FOLDER, one shell script a job, in the order of its steps.
const fs = require("fs");
const yaml = require("yaml");

const [readme, folder] = process.argv.slice(2);
const text = fs.readFileSync(readme, "utf8");
const examples = [...text.matchAll(/<!-- ci -->\n```yaml\n([^]*?)\n```/g)].map((m) => m[1]);

// GitHub puts values in place of ${{ … }} before anything else.
const filled = (value) =>
    value.replace("${{ github.token }}", "token").replace("${{ github.event.number }}", "7");

function github(workflow, name) {
    for (const [job, { steps }] of Object.entries(workflow.jobs)) {
        const lines = [];
        for (const step of steps) {
            for (const [key, value] of Object.entries(step.env || {}))
                lines.push(`export ${key}='${filled(value)}'`);
            if (step.run) lines.push(step.run);
            if (step.uses && step.uses.includes("upload-sarif"))
                lines.push(`test -s '${step.with.sarif_file}'`);
            if (!step.run && !step.uses) throw new Error("a step that does nothing");
        }
        fs.writeFileSync(`${folder}/${name}_${job}.sh`, lines.join("\n") + "\n");
    }
}

function gitlab(pipeline, name) {
    for (const [job, { script, artifacts }] of Object.entries(pipeline)) {
        if (!script) continue;
        const lines = [...pipeline.default.before_script, ...script];
        if (artifacts) lines.push(`test -s '${artifacts.reports.junit}'`);
        fs.writeFileSync(`${folder}/${name}_${job}.sh`, lines.join("\n") + "\n");
    }
}

if (examples.length < 2) throw new Error("README.md has too few CI examples");
examples.forEach((example, i) => {
    const parsed = yaml.parse(example, { strict: true });
    (parsed.jobs ? github : gitlab)(parsed, `${i}`);
});
