# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The kiosk on virtual cards and sticks, page by page, as the people before it use it.

Every page is a function: it waits until the page is there, does what its name says, and returns when the next page is
to be seen. Texts are looked up in the catalogue, so nothing here speaks a language.
"""

import os
import pathlib
import shutil
import socket
import subprocess
import tomllib

from .desktop import PATIENCE, wait

ROOT = pathlib.Path(__file__).parents[4]
PIN = "271828"
CARD = f"piv:pin={PIN},puk=31415926,name=Lector de práctica"
PASSPHRASE = "Practica-2026"


def catalogue():
    """"kiosk.idle.title" -> {"es": ..., "en": ...}"""
    found = {}

    def walk(prefix, table):
        if isinstance(table, dict) and isinstance(table.get("es"), str):
            found[prefix] = table
        elif isinstance(table, dict):
            for key, value in table.items():
                walk(f"{prefix}.{key}" if prefix else key, value)

    for file in sorted((ROOT / "tools/catalogue/texts").glob("*.toml")):
        walk("", tomllib.loads(file.read_text(encoding="utf-8")))
    return found


def backup(folder, passphrase=PASSPHRASE, variant="rsa"):
    """A backup of somebody who does not exist, made by real tools; the folder it lies in."""
    made = pathlib.Path(folder) / f"backup-{variant}-{len(list(pathlib.Path(folder).glob('backup-*')))}"
    subprocess.run(["sh", ROOT / "tools/practice/samples/backup.sh", made, variant], input=passphrase + "\n", text=True,
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return made


class Kiosk:
    def __init__(self, desk, cards=(CARD,), language="es", latency=0, passphrase=PASSPHRASE, options=()):
        self.desk = desk
        self.language = language
        self.texts = catalogue()
        self.passphrase = passphrase
        self.pin = PIN
        self.folder = pathlib.Path(desk.folder) / f"kiosk-{os.urandom(4).hex()}"
        for name in ("sticks", "away", "kit"):
            (self.folder / name).mkdir(parents=True)
        self.said_where = self.folder / "control"
        build = pathlib.Path(os.environ["ACREDITA_BUILD"])
        command = [build / "tools/cli/acredita", "practice"]
        if latency:
            command += ["--latency", str(latency)]
        for card in cards:
            command += ["--card", card]
        command += ["--", "sh", "-c", f'echo "$ACREDITA_PRACTICE_CONTROL" >"{self.said_where}.new" && '
                    f'mv "{self.said_where}.new" "{self.said_where}" && exec "$0" "$@"',
                    build / "tools/kiosk/acredita-kiosk", *options]
        # The language is that of the environment; letters are UTF-8 in every one.
        self.program = desk.start(command, ACREDITA_PRACTICE_STICKS=str(self.folder / "sticks"),
                                  ACREDITA_PRACTICE_KIT=str(self.folder / "kit"), LANGUAGE=language,
                                  LC_MESSAGES={"es": "es_ES.UTF-8", "en": "en_GB.UTF-8"}[language])
        self.program.appeared()
        self.program.resize(*desk.size.split("x"))

    # What is written.
    def say(self, key, **fills):
        text = self.texts[key][self.language]
        for name, value in fills.items():
            text = text.replace("{" + name + "}", str(value))
        return text

    def shows(self, key, **fills):
        """The text is to be read somewhere."""
        wanted = self.say(key, **fills)
        return any(wanted in t.name or wanted in t.description for t in self.program.things())

    def at(self, page, title=None):
        """Waits for the page, by its heading."""
        headings = {self.say(key) for key in ([title] if title else TITLES[page])}
        wait(lambda: self.program.alive() and any(t.role in ("heading", "panel") and t.name in headings for t in self.program.things()),
             lambda: f"the page {page} ({headings}) instead of\n{self.program.tree()}\n{self.program.said[-2000:]}")
        return self

    def page(self):
        """Which page it is, by its heading; None if it is none."""
        # The heading may be scrolled away by what has the focus; the page itself has its name.
        headings = {t.name for t in self.program.things() if t.role in ("heading", "panel")}
        for page, keys in TITLES.items():
            if any(self.say(key) in headings for key in keys if key in self.texts):
                return page
        return None

    def press(self, key, **fills):
        return self.program.press(self.say(key, **fills))

    def tick(self, key):
        return self.program.press(self.say(key), role=("check box", "radio button"))

    def switch_language(self):
        """By the button that is written in the other language."""
        self.press("kiosk.head.language")
        self.language = "en" if self.language == "es" else "es"

    # Cards and sticks.
    def control(self, line):
        with socket.socket(socket.AF_UNIX) as session:
            session.settimeout(PATIENCE)
            session.connect(self.said_where.read_text().strip())
            session.sendall(line.encode() + b"\n")
            answer = session.recv(256).decode()
        assert answer.startswith("ok"), f"{line}: {answer}"
        return answer

    def put_card(self, reader=0):
        self.control(f"insert {reader}")

    def take_card(self, reader=0):
        self.control(f"remove {reader}")

    def plug(self, files, name="usb"):
        """A stick with these files: {name on the stick: a path, or bytes}."""
        ready = self.folder / "away" / name
        shutil.rmtree(ready, ignore_errors=True)
        ready.mkdir()
        for file, content in files.items():
            (ready / file).write_bytes(content if isinstance(content, bytes) else pathlib.Path(content).read_bytes())
        (self.folder / "sticks" / f"{name}.toml").write_text(f'label = "{name.upper()}"\n')
        ready.rename(self.folder / "sticks" / name)

    def pull(self, name="usb"):
        (self.folder / "sticks" / name).rename(self.folder / "away" / name)
        shutil.rmtree(self.folder / "away" / name)

    def plug_backup(self, variant="rsa", name="usb"):
        self.plug({"copia.p12": backup(self.folder, self.passphrase, variant) / "backup.p12"}, name)

    # The pages of a load.
    def begin(self):
        self.at("idle").press("kiosk.idle.begin")
        return self.at("arrival")

    def arrive(self):
        self.at("arrival").tick("kiosk.arrival.first")
        self.press("kiosk.goOn")
        return self.at("bring")

    def go_to_password(self):
        self.at("bring").press("kiosk.goOn")
        return self.at("password")

    def type_secret(self, label, secret):
        """With the keyboard, into the field of that name; each character once the one before has arrived."""
        program = self.program
        field = program.find("password text", self.say(label))
        if "focused" not in field.states:
            field.do(next(a for a in field.actions if "focus" in a.lower()))
        wait(lambda: "focused" in program.find("password text", self.say(label)).states, "the field to have the keyboard")
        for i, letter in enumerate(secret):
            program.type(letter)
            wait(lambda: len(program.find("password text", self.say(label)).text or "") == i + 1,  # noqa: B023
                 lambda: f"character {i + 1} in {label}")  # noqa: B023

    def give_password(self, passphrase=None, then="person"):
        self.at("password").type_secret("kiosk.password.label", passphrase or self.passphrase)
        self.press("kiosk.password.open")
        return self.at(then)

    def right_person(self):
        self.at("person")
        for what in ("seen", "valid", "same"):
            self.tick(f"kiosk.person.{what}")
        self.press("kiosk.goOn")
        return self.at("consent")

    def agree(self, then="pin"):
        self.at("consent").tick("kiosk.consent.sentence")
        self.press("kiosk.consent.go")
        return self.at(then)

    def give_pin(self, pin=None, then="proven", keypad=False):
        self.at("pin")
        if keypad:
            for digit in pin or self.pin:
                self.press("kiosk.keypad.digit", digit=digit)
        else:
            self.type_secret("kiosk.pin.label", pin or self.pin)
        self.press("kiosk.pin.give")
        return self.at(then)

    def go_to_checklist(self):
        self.at("proven").press("kiosk.goOn")
        return self.at("checklist")

    def finish(self):
        self.at("checklist").press("kiosk.checklist.go")
        return self.at("takeBack")

    def take_everything(self):
        self.at("takeBack")
        self.pull()
        self.take_card()
        return self.at("idle")

    def to(self, page):
        """From wherever the visit is, with card and stick in, on to this page."""
        steps = {"idle": self.begin, "arrival": self.arrive, "bring": self.go_to_password, "password": self.give_password,
                 "person": self.right_person, "consent": self.agree, "pin": self.give_pin,
                 "proven": self.go_to_checklist, "checklist": self.finish}
        while True:
            now = wait(lambda: self.program.alive() and self.page() in (*steps, page) and self.page(),
                       lambda: f"a page on the way to {page}, not {self.page()}\n{self.program.tree()}")
            if now == page:
                return self.at(page)
            steps[now]()

    def visit(self):
        """A whole one; the card and the stick are in."""
        return self.to("takeBack").take_everything()


TITLES = {"idle": ["kiosk.idle.title"], "preflight": ["kiosk.preflight.title"], "exercises": ["kiosk.exercises.title"],
          "arrival": ["kiosk.arrival.title"], "bring": ["kiosk.bring.title"],
          "refusal": ["kiosk.refusal.card", "kiosk.refusal.backup"], "backups": ["kiosk.backups.title"],
          "password": ["kiosk.password.title"], "choose": ["kiosk.choose.title"], "person": ["kiosk.person.title"],
          "expired": ["kiosk.expired.title"], "consent": ["kiosk.consent.title"], "loss": ["kiosk.loss.title"],
          "newPin": ["kiosk.newPin.title"], "newPuk": ["kiosk.newPuk.title"],
          "pin": ["kiosk.pin.title", "kiosk.pin.reader", "kiosk.pin.current"], "lastTry": ["kiosk.lastTry.title"],
          "progress": ["kiosk.progress.title"], "proven": ["kiosk.proven.title"], "browser": ["kiosk.browser.title"],
          "checklist": ["kiosk.checklist.title"], "takeBack": ["kiosk.takeBack.title"],
          "away": ["kiosk.away.card", "kiosk.away.stick"], "trouble": ["kiosk.trouble.title"],
          "pinMenu": ["kiosk.pinMenu.title"], "puk": ["kiosk.puk.title"], "pinDone": ["kiosk.pinDone.title"]}
