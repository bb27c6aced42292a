# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a person meets who brings the wrong thing or types it wrongly: every message of a load on its page, provoked."""

import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import desktop  # noqa: E402
from driver.desktop import wait  # noqa: E402
from driver.kiosk import CARD, Kiosk, backup  # noqa: E402


def code_shown(kiosk, code):
    words = kiosk.say("kiosk.message.code", code=code)
    wait(lambda: kiosk.program.alive() and any(words in t.name for t in kiosk.program.things()),
         lambda: f"\"{words}\" in\n{kiosk.program.tree()}\n{kiosk.program.said[-1500:]}")


def not_ready(kiosk, code, what="kiosk.refusal.otherBackup"):
    """The page of card and stick says no, with the code, before any secret is asked; pressing on leads to its sheet."""
    kiosk.begin().arrive()
    kiosk.press("kiosk.bring.what")
    kiosk.program.find("push button", kiosk.say(what))
    if code:
        code_shown(kiosk, code)
    assert not kiosk.program.look("password text"), "a secret is asked although the answer is no"
    kiosk.press("kiosk.foot.leave")


def a_wrong_password_is_said_in_the_words_of_the_office_and_asked_again(desk):
    kiosk = Kiosk(desk)
    kiosk.plug_backup()
    kiosk.to("password").type_secret("kiosk.password.label", "no es esta")
    kiosk.press("kiosk.password.open")
    wait(lambda: kiosk.shows("kiosk.password.wrong"), lambda: f"the words for it in\n{kiosk.program.tree()}")
    assert kiosk.say("kiosk.password.wrong") == "La contraseña no es correcta, por favor intente de nuevo", kiosk.say("kiosk.password.wrong")
    kiosk.give_password()


def a_certificate_without_its_key_is_refused_before_any_password(desk):
    kiosk = Kiosk(desk)
    made = backup(kiosk.folder)
    subprocess.run(["openssl", "x509", "-in", made / "certificate.pem", "-outform", "DER", "-out", made / "c.cer"], check=True)
    kiosk.plug({"certificado.cer": made / "c.cer"})
    not_ready(kiosk, 13)


def a_backup_cut_in_the_middle_is_refused_before_any_password(desk):
    kiosk = Kiosk(desk)
    kiosk.plug({"copia.p12": (backup(kiosk.folder) / "backup.p12").read_bytes()[:2000]})
    not_ready(kiosk, None)


def a_card_that_can_never_sign_is_refused_before_any_password(desk):
    kiosk = Kiosk(desk, cards=("foreign:make=wg10,name=Lector",))
    kiosk.plug_backup()
    not_ready(kiosk, None, "kiosk.refusal.otherCard")


def an_expired_certificate_goes_on_only_with_a_yes(desk):
    kiosk = Kiosk(desk)
    kiosk.plug_backup("expired")
    kiosk.begin().arrive().go_to_password().give_password(then="expired")
    kiosk.press("kiosk.expired.no")
    kiosk.at("trouble")


def a_wrong_pin_is_counted_and_asked_again_and_the_last_try_needs_a_yes(desk):
    kiosk = Kiosk(desk)
    kiosk.plug_backup()
    kiosk.to("pin").type_secret("kiosk.pin.label", "111111")
    kiosk.press("kiosk.pin.give")
    wait(lambda: kiosk.shows("kiosk.pin.wrong"), lambda: f"the words for it in\n{kiosk.program.tree()}")
    kiosk.at("pin").type_secret("kiosk.pin.label", "222222")
    kiosk.press("kiosk.pin.give")
    kiosk.at("lastTry").press("kiosk.lastTry.yes")
    kiosk.give_pin()


def the_last_try_is_not_spent_by_a_no(desk):
    kiosk = Kiosk(desk, cards=(CARD + ",left=1",))
    kiosk.plug_backup()
    kiosk.begin().arrive().go_to_password().give_password().right_person().agree(then="lastTry")
    kiosk.press("kiosk.lastTry.no")
    kiosk.at("trouble")
    assert kiosk.program.look("push button"), "a dead end"


def a_blocked_pin_leads_to_the_page_that_unblocks_it(desk):
    kiosk = Kiosk(desk, cards=(CARD + ",left=0",))
    kiosk.plug_backup()
    kiosk.begin().arrive()
    code_shown(kiosk, 42)
    kiosk.press("kiosk.bring.what")
    kiosk.at("trouble").press("kiosk.trouble.unblock")
    kiosk.at("puk")


def a_stick_with_nothing_on_it_is_said_to_have_nothing(desk):
    kiosk = Kiosk(desk)
    kiosk.plug({"notas.txt": b"Lista de la compra\n"})
    kiosk.begin().arrive()
    code_shown(kiosk, 12)


def a_card_that_signs_without_its_pin_is_found_out(desk):
    kiosk = Kiosk(desk, cards=(CARD + ",faulty=sign-without-pin",))
    kiosk.plug_backup()
    kiosk.to("pin").give_pin(then="trouble")


def a_card_that_gives_back_another_certificate_is_found_out(desk):
    kiosk = Kiosk(desk, cards=(CARD + ",faulty=other-certificate",))
    kiosk.plug_backup()
    kiosk.to("pin").give_pin(then="trouble")


if __name__ == "__main__":
    desktop.main([
        a_wrong_password_is_said_in_the_words_of_the_office_and_asked_again,
        a_certificate_without_its_key_is_refused_before_any_password,
        a_backup_cut_in_the_middle_is_refused_before_any_password,
        a_card_that_can_never_sign_is_refused_before_any_password,
        an_expired_certificate_goes_on_only_with_a_yes,
        a_wrong_pin_is_counted_and_asked_again_and_the_last_try_needs_a_yes,
        the_last_try_is_not_spent_by_a_no,
        a_blocked_pin_leads_to_the_page_that_unblocks_it,
        a_stick_with_nothing_on_it_is_said_to_have_nothing,
        a_card_that_signs_without_its_pin_is_found_out,
        a_card_that_gives_back_another_certificate_is_found_out,
    ])
