// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;

/**
 * Signs a file with the only key of a card, as desktop programs in Java reach it.
 *
 * CardSigner.java MODE PLACE PIN FILE OUT: writes OUT and OUT.der, the certificate. MODE is
 *   profile  the modules named in the pkcs11.txt of the Firefox profile PLACE, each by a configuration as AutoFirma
 *            writes it: library, name and showInfo, lines ending in CR LF
 *   library  the same for the module PLACE, with a slot
 *   secmod   NSS opens the profile PLACE and Java asks it for the first module that is not its own
 */
public final class CardSigner {
    private static int asked = 0;

    private static String configuration(String library, String slot) {
        String name = Path.of(library).getFileName().toString().replace('.', '_').replace(' ', '_');
        return "library=" + library + "\r\nname=" + name + "\r\nshowInfo=false\r\n" + slot;
    }

    private static List<String> librariesOf(Path profile) throws IOException {
        List<String> libraries = new ArrayList<>();
        Matcher line = Pattern.compile("^library=(\\S.*)$", Pattern.MULTILINE)
            .matcher(Files.readString(profile.resolve("pkcs11.txt")));
        while (line.find()) libraries.add(line.group(1));
        return libraries;
    }

    private static List<String> configurations(String mode, String place) throws IOException {
        List<String> all = new ArrayList<>();
        switch (mode) {
        case "profile":
            for (String library : librariesOf(Path.of(place))) all.add(configuration(library, ""));
            break;
        case "library":
            all.add(configuration(place, "slot=0\r\n"));
            break;
        case "secmod":
            // With nssLibraryDirectory Java would look for every module below that folder.
            all.add("name=NSS\nnssSecmodDirectory=sql:" + place + "\nnssDbMode=readOnly\nnssModule=external-1\n");
            break;
        default:
            throw new IllegalArgumentException(mode);
        }
        return all;
    }

    private static void answer(Callback[] callbacks, String pin) {
        for (Callback callback : callbacks)
            if (callback instanceof PasswordCallback) {
                ++asked;
                ((PasswordCallback) callback).setPassword(pin.toCharArray());
            }
    }

    public static void main(String[] args) throws Exception {
        String pin = args[2];
        List<String> all = configurations(args[0], args[1]);
        if (all.size() != 1) throw new IllegalStateException(all.size() + " modules in " + args[1]);
        // Two dashes: the configuration itself, not the name of a file with it.
        Provider provider = Security.getProvider("SunPKCS11").configure("--" + all.get(0));
        Security.addProvider(provider);
        KeyStore store = KeyStore.Builder.newInstance("PKCS11", provider,
            new KeyStore.CallbackHandlerProtection(callbacks -> answer(callbacks, pin))).getKeyStore();
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases()))
            if (store.isKeyEntry(alias)) keys.add(alias);
        if (keys.size() != 1) throw new IllegalStateException(keys.size() + " keys");
        PrivateKey key = (PrivateKey) store.getKey(keys.get(0), null);
        Signature signature = Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        signature.initSign(key);
        signature.update(Files.readAllBytes(Path.of(args[3])));
        Files.write(Path.of(args[4]), signature.sign());
        Files.write(Path.of(args[4] + ".der"), store.getCertificate(keys.get(0)).getEncoded());
        System.out.println("asked " + asked + " time(s), signed by " + signature.getProvider().getName());
    }
}
