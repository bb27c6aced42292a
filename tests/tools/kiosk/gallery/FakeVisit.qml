// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
import QtQml

// Stands where the controller's visit does, with sample data for every page.
QtObject {
    id: visit

    readonly property QtObject idleTime: QtObject {
        property bool warning: false
        property int secondsLeft: 42
        function touch() { warning = false }
    }

    property string page: "idle"
    readonly property int step: ({bring: 1, refusal: 1, backups: 1, password: 2, choose: 2, person: 3, expired: 3, consent: 4,
        loss: 4, newPin: 5, newPuk: 5, pin: 5, lastTry: 5, progress: 6, proven: 7, browser: 7, checklist: 7, takeBack: 7})[page] || 0
    readonly property int steps: 7
    property bool canGoBack: ["arrival", "bring", "refusal", "backups", "pinMenu", "exercises", "preflight", "browser"].includes(page)
    property bool practice: true
    property bool leaving: false
    property var card: noCard
    property var sheet: ({})
    property var sticks: []
    property var stickTrouble: ({})
    property var backups: []
    property bool ready: false
    property var question: ({})
    property var progress: []
    property var receipt: ({})
    property var trouble: ({})
    property var away: ({})
    property string notice: ""
    property string outcome: "loaded"
    property var office: ({name: "Oficina de Acreditación · Universidad de Ejemplo", address: es("Edificio 3, planta baja, despacho 12", "Building 3, ground floor, room 12"),
        hours: es("De lunes a viernes, de 9:00 a 14:00", "Monday to Friday, 9:00 to 14:00"), mail: "oficina@universidad.example", phone: "900 000 000",
        appointment: "https://citas.universidad.example", web: "https://universidad.example"})
    property string purpose: "load"
    readonly property QtObject preflight: QtObject {
        property bool busy: false
        property var checks: [
        {name: es("Servicio de tarjetas", "Card service"), state: "good", says: "pcscd 1.9.9"},
        {name: es("Lector", "Reader"), state: "good", says: "ACS ACR39U ICC Reader 00 00"},
        {name: es("Módulo de la tarjeta", "Module of the card"), state: "good", says: "Acredita PKCS#11"},
        {name: es("Reloj", "Clock"), state: "warning", says: es("No está sincronizado desde hace 9 días.", "Not synchronised for 9 days."),
         repair: es("Avise al administrador: «timedatectl set-ntp true».", "Tell the administrator: «timedatectl set-ntp true».")},
        {name: es("Disco", "Disk"), state: "good", says: es("12 GB libres", "12 GB free")},
        {name: es("Base de datos", "Database"), state: "bad", says: es("No se puede abrir.", "It cannot be opened."),
         repair: es("Avise al administrador. Mientras tanto no empiece ninguna visita.", "Tell the administrator. Begin no visit meanwhile.")}]
        function run() {}
    }
    readonly property QtObject arrivals: QtObject {
        property var appointments: [{id: "0", time: "09:30", code: "C-1042", service: es("Certificado en tarjeta", "Certificate on a card"), arrived: false},
            {id: "1", time: "10:00", code: "C-1043", service: "", arrived: false}]
        property var fault: ({})
        function refresh() {}
    }
    readonly property QtObject papers: QtObject {
        property bool busy: false
        property string done: "saved"
        property string file: "Justificante Acredita.pdf"
        property var fault: ({})
        property string code: "ACREDITA 1 9f2b61c077aa0e13 5D3F9A11607E2B88 2026-11-21"
        property bool canSave: true
        function save() {}
    }
    readonly property QtObject support: QtObject {
        property string incident: visit.trouble.incident || ""
        property string code: incident === "" ? "" : "ACREDITA " + incident + " 42"
        property string bundle: "acredita"
        property bool busy: false
        property string file: ""
        property var fault: ({})
        function save() {}
    }
    readonly property QtObject browser: QtObject {
        property bool possible: true
        property bool running: false
        property string outcome: "proven"
        property var fault: ({})
        function open() {} function close() {}
    }
    readonly property QtObject practiceDesk: QtObject {
        property int exercise: -1
        property bool cardIn: false
        property bool stickIn: true
        property var exercises: ["first", "factory", "certificate", "no_application", "two", "cut", "expired", "empty", "last_try", "blocked"].map(key => ({
            key: key, title: words.text("kiosk.exercise." + key + ".title"), story: words.text("kiosk.exercise." + key + ".story"), hint: words.text("kiosk.exercise." + key + ".hint")}))
        function choose(index) {} function moveCard(put) {} function moveStick(put) {}
    }
    property var rules: []

    function es(spanish, english) { return words.language === "es" ? spanish : english }
    function begin() {} function arrive(reason) {} function goOn() {} function takeBackup(index) {} function giveSecret(field) {}
    function giveNewSecret(a, b) {} function secretTyped(a, b) {} function choose(index) {} function agree() {} function answer(yes) {}
    function again() {} function show(page) {} function back() {} function leave() { leaving = true } function stay() { leaving = false }
    function leaveNow() {}

    readonly property var noCard: ({service: true, readers: 1, cards: 0, looking: false, known: false})
    readonly property var goodCard: ({service: true, readers: 1, cards: 1, looking: false, known: true, good: true, model: "YubiKey 5 NFC",
        maker: "Yubico", reader: "Yubico YubiKey OTP+FIDO+CCID 00 00", holds: [], tries: 3, factoryPin: false, factoryPuk: false, pinpad: false})
    readonly property var certificate: ({holder: "GARCÍA-VAQUERO FERNÁNDEZ DE CÓRDOBA MARÍA DE LOS ÁNGELES", id: "***4567**", issuer: "AC FNMT Usuarios",
        serial: "5D 3F 9A 11 60 7E 2B 88", from: "2026-03-02", until: "2030-03-02", key: "RSA 2048", expired: false, notYetValid: false})
    readonly property var oldCertificate: Object.assign({}, certificate, {from: "2022-02-20", until: "2026-02-20", expired: true, serial: "11 07 4C 3D"})
    readonly property var stick: ({label: "KINGSTON", system: "vfat", size: "16 GB", reading: false})
    readonly property var backup: ({index: 0, name: "certificado_angeles.p12", folder: "copias/fnmt", usable: true, date: "02/03/2026",
        remarks: [words.text("diagnosis.exporter.firefox")]})
    readonly property var noKey: ({index: 1, name: "certificado.cer", folder: "", usable: false, date: "01/03/2026", remarks: [],
        recipes: ["windows", "firefox"], fault: {code: 13, what: es("Falta la clave privada.", "The private key is missing."),
        means: es("El archivo contiene solo el certificado.", "The file holds the certificate only."),
        action: es("Haga la copia otra vez y marque «Exportar la clave privada».", "Make the backup again and tick «Yes, export the private key».")}})
    readonly property var stepKeys: ["card", "capability", "administration", "envelope", "open", "destination", "pin", "store_certificate",
        "store_key", "restart", "prove_certificate", "prove_refusal", "prove_protection", "prove_signature", "finish"]
    function done(now, state) {
        return stepKeys.map((key, i) => ({key: key, words: words.text("step." + key), state: i < now ? (i === 2 ? "skipped" : "done") : i === now ? state : "waiting"}))
    }

    readonly property var scenes: ["idle", "preflight", "exercises", "arrival", "bring", "bring.good", "bring.bad", "bring.several", "refusal.card",
        "refusal.backup", "backups", "password", "password.wrong", "choose", "person", "expired", "consent", "loss", "newPin", "newPuk", "pin",
        "pin.wrong", "pin.pinpad", "lastTry", "progress", "proven", "browser", "checklist", "takeBack", "takeBack.out", "away.card", "away.stick",
        "trouble", "trouble.unblock", "pinMenu", "puk", "pinDone"]

    function play(scene) {
        leaving = false
        practiceDesk.exercise = scene === "bring" ? 0 : -1
        const [name, variant] = scene.split(".")
        card = goodCard; sticks = []; backups = []; ready = false; question = {}; sheet = {}; trouble = {}; away = {}; notice = ""; rules = []
        receipt = {}; progress = done(8, "now")
        const one = Object.assign({}, {certificate: certificate, tries: 3, certificates: [certificate], wrongBefore: 0})
        if (name === "bring") {
            card = noCard
            if (variant === "good") {
                card = goodCard; sticks = [stick]; backups = [backup, noKey]; ready = true
            } else if (variant === "bad") {
                card = Object.assign({}, goodCard, {good: false, fault: {code: 34, what: es("Esta tarjeta no se puede usar aquí.", "This card cannot be used here."),
                    means: es("No tiene una aplicación de firma que Acredita conozca o está al revés.", "It has no signing application that Acredita knows."),
                    action: es("Pida otra tarjeta.", "Ask for another card.")}})
                sticks = [stick]; backups = [noKey]
            } else if (variant === "several") {
                card = Object.assign({}, goodCard, {holds: [Object.assign({hasKey: true}, oldCertificate)], factoryPin: true}); sticks = [stick]
                backups = [backup, Object.assign({}, backup, {date: "12/01/2025", remarks: [words.text("diagnosis.exporter.macos")]}), noKey]; ready = true
            }
        } else if (name === "refusal" && variant === "card") {
            sheet = {heading: words.text("verdict.no-application.heading"), title: words.text("verdict.family.wg10"), lead: [words.text("verdict.no-application.why")],
                steps: [1, 2, 3].map(n => words.text("verdict.no-application.ask." + n)), done: words.text("verdict.no-application.meanwhile"), trouble: "",
                notes: [words.text("verdict.mark", {atr: "3B 6F 00 00 80 31 E0 6B 04 31 05 02 2F 55 55 55 55 55 55"})]}
            card = Object.assign({}, goodCard, {good: false})
        } else if (name === "refusal") {
            sticks = [stick]; backups = [noKey]
        } else if (name === "backups") {
            backups = [backup, Object.assign({}, backup, {index: 1, date: "12/01/2025", name: "MI CERTIFICADO (2).pfx", remarks: [words.text("diagnosis.exporter.macos"), words.text("diagnosis.warning.trailing_bytes")]}), noKey]
        } else if (name === "password") {
            question = Object.assign(one, {wrongBefore: variant === "wrong" ? 2 : 0}); notice = variant === "wrong" ? "stickRead" : ""
        } else if (name === "choose") {
            question = Object.assign(one, {certificates: [certificate, oldCertificate]})
        } else if (name === "expired") {
            question = Object.assign(one, {certificate: oldCertificate})
        } else if (name === "loss") {
            question = {lost: oldCertificate, lostKey: true}
        } else if (name === "pin") {
            question = Object.assign(one, {askedBefore: variant === "wrong" ? 1 : 0, tries: variant === "wrong" ? 2 : 3})
            card = Object.assign({}, goodCard, {pinpad: variant === "pinpad"})
        } else if (name === "lastTry") {
            question = {tries: 1, lastTry: true}
        } else if (name === "newPin" || name === "newPuk") {
            rules = [{words: words.text("kiosk.newSecret.rule.1"), met: true}, {words: words.text("kiosk.newSecret.rule.2"), met: true}, {words: words.text("kiosk.newSecret.rule.3"), met: false}]
        } else if (name === "proven") {
            receipt = {certificate: certificate, card: "YubiKey 5 NFC 12 345 678", journal: "9f2b 61c0 77aa 0e13", resumed: false, text: "",
                proofs: [words.text("receipt.restarted"), words.text("receipt.identical"), words.text("receipt.signed", {scheme: "RSASSA-PKCS1-v1_5 SHA-256"}), words.text("receipt.refused_by_card", {word: "6982"}), words.text("receipt.protected_by_card")],
                remarks: [words.text("receipt.imported"), words.text("receipt.not_kept"), words.text("receipt.keep_backup")]}
        } else if (name === "takeBack") {
            card = variant === "out" ? noCard : goodCard; sticks = variant === "out" ? [] : [stick]
        } else if (name === "away") {
            card = noCard; away = variant === "stick" ? {what: "stick", state: "untouched", canGoOn: true} : {what: "card", state: "writing", canGoOn: false}
        } else if (name === "trouble") {
            trouble = {code: 42, what: es("El PIN de esta tarjeta está bloqueado.", "The PIN of this card is blocked."),
                means: es("Se ha escrito mal demasiadas veces; la tarjeta se protege. No se ha grabado nada.", "It was typed wrong too many times; the card protects itself. Nothing was written."),
                action: es("Desbloquéelo con el PUK y repita.", "Unblock it with the PUK and repeat."), remedy: variant || "again", incident: "K7-3QX-91"}
        } else {
            question = one
        }
        page = name
    }
}
