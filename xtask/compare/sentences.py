#!/usr/bin/env python3
"""Sentences with labelled people from the patterns of presidio-research that training has not seen.

    python3 -m venv V && V/bin/pip install --no-deps presidio-evaluator && V/bin/pip install faker pandas pyyaml requests python-dotenv tqdm
    V/bin/python xtask/compare/sentences.py --known sentences.jsonl --seed 2027 --count 3000 > unseen.jsonl
    cargo xtask detect-eval --sentences unseen.jsonl

KNOWN is the file that training read; the patterns that it names under `template` are left out. Half of the organisations are called as
Faker calls them, half after the package's list, as in the published sentences. What the package needs for its analyser is not installed:
only its generator runs.
"""

import argparse
import contextlib
import importlib.machinery
import json
import random
import re
import sys
from pathlib import Path
from unittest.mock import MagicMock

ABSENT = {"spacy", "presidio_analyzer", "presidio_anonymizer", "sklearn", "plotly"}


class Absent:
    """Stands for packages that the generator imports and does not use."""

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ABSENT:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = MagicMock()
        module.__path__, module.__spec__, module.__name__ = [], spec, spec.name
        return module

    def exec_module(self, module):
        pass


def sentences(known, seed, count):
    sys.meta_path.insert(0, Absent())
    from faker import Faker
    from presidio_evaluator.data_generator import presidio_sentence_faker as generator
    from presidio_evaluator.data_generator.faker_extensions import providers

    firms = Faker("en_US")
    firms.seed_instance(seed)
    listed = providers.OrganizationProvider.organization
    providers.OrganizationProvider.organization = lambda self: firms.company() if random.random() < 0.5 else listed(self)
    # Hospitals would be looked up on the web, and the forms of driving licences are not in the package; no pattern needs them.
    providers.HospitalProvider.load_wiki_hospitals = lambda self: self.default_list
    unused = {"UsDriverLicenseProvider"}
    chosen = [one for one in generator.presidio_additional_entity_providers if one.__name__ not in unused]

    patterns = Path(generator.presidio_templates_file_path).read_text(encoding="utf-8", errors="replace").splitlines()
    fresh = [line.strip() for number, line in enumerate(patterns) if number not in known and "us_driver_license" not in line]
    faker = generator.PresidioSentenceFaker(
        "en_US", lower_case_ratio=0.05, sentence_templates=fresh, entity_providers=chosen, random_seed=seed
    )
    print(f"{len(fresh)} patterns", file=sys.stderr)
    return faker.generate_new_fake_sentences(count)


def row(sentence):
    """A line as `detect-eval` reads it; the package writes the end of a line as a backslash and an n."""
    breaks = [found.start() for found in re.finditer(r"\\n", sentence.full_text)]
    moved = lambda at: at - sum(1 for one in breaks if one < at)
    spans = [
        {"type": span.entity_type, "start": moved(span.start_position), "end": moved(span.end_position)} for span in sentence.spans
    ]
    return {"text": sentence.full_text.replace("\\n", "\n"), "spans": spans, "template": sentence.template_id}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--known", required=True, type=Path)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=1500)
    given = options.parse_args()
    known = {json.loads(line)["template"] for line in given.known.read_text(encoding="utf-8").splitlines()}
    with contextlib.redirect_stdout(sys.stderr):
        made = sentences(known, given.seed, given.count)
    for sentence in made:
        print(json.dumps(row(sentence), ensure_ascii=False))


if __name__ == "__main__":
    main()
