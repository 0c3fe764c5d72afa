"""Whether a file is what its standard demands: `validate.py popolo FILE` or `validate.py bods FILE`.

Prints what is wrong, one line each; status 0 where nothing is, 1 where something is.
"""

import json
import pathlib
import sys


def popolo(path):
    import jsonschema

    schema = json.loads((pathlib.Path(__file__).parent / "popolo.schema.json").read_text("utf-8"))
    checker = jsonschema.FormatChecker()
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    document = json.loads(pathlib.Path(path).read_text("utf-8"))
    for error in validator.iter_errors(document):
        yield f"{error.json_path}: {error.message}"
    # What a schema cannot say: an id is given once, and what it names is there.
    ids = {}
    for kind in ("organizations", "posts", "persons", "memberships"):
        ids[kind] = [one.get("id") for one in document.get(kind, [])]
        for twice in {one for one in ids[kind] if ids[kind].count(one) > 1}:
            yield f"{kind}: {twice} is given twice"
    for membership in document.get("memberships", []):
        if "post_id" in membership and membership["post_id"] not in ids["posts"]:
            yield f"{membership['id']}: no post {membership['post_id']}"
        if "person_id" in membership and membership["person_id"] not in ids["persons"]:
            yield f"{membership['id']}: no person {membership['person_id']}"


def bods(path):
    import libcove2.common

    # One check asks org-id.guide, over the network, which codes of registers there are; a test asks nobody. Said before the checks are read.
    libcove2.common.get_orgids_prefixes = lambda *_: ["ML-MAT", "XX-REG"]
    import libcovebods.additionalfields
    import libcovebods.config
    import libcovebods.data_reader
    import libcovebods.jsonschemavalidate
    import libcovebods.run_tasks
    import libcovebods.schema

    reader = libcovebods.data_reader.DataReader(path)
    config = libcovebods.config.LibCoveBODSConfig()
    schema = libcovebods.schema.SchemaBODS(reader, config)
    if schema.schema_version != "0.4":
        yield f"read as BODS {schema.schema_version}, not 0.4"
    for error in libcovebods.jsonschemavalidate.JSONSchemaValidator(schema).validate(reader):
        told = error.json()
        yield f"{told.get('path', '')}: {told.get('message', told)}"
    for field in libcovebods.additionalfields.AdditionalFields(schema).process(reader):
        yield f"a field that BODS does not know: {field}"
    tasks = libcovebods.run_tasks.TASK_CLASSES
    found = libcovebods.run_tasks.process_additional_checks(reader, config, schema, tasks)
    for check in found.get("additional_checks", []):
        yield f"{check}"


def main():
    kind, path = sys.argv[1:]
    wrong = list({"popolo": popolo, "bods": bods}[kind](path))
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


main()
