/*
 * vocabulary_credentials.c - what lets somebody in
 *
 * The words of OAuth (RFC 6749, 7636, 8628), HTTP Digest (RFC 7616), WebAuthn, Web Push (RFC 8291),
 * RADIUS (RFC 2865) and of password stores.
 */
#include "discover/vocabulary.h"

const struct rule vocabulary_credentials[] = {
    {"password", 0.97, VALUE, 0, 0,
     "password passwd passphrase passcode pass_phrase pwd pass$ ^pass_hash pass_crypt "
     "pass_salt pw$ passwort kennwort mot_de_passe contrasena contrasenia senha wachtwoord "
     "haslo losenord salt$ ^salt ha1 nt_hash lm_hash psk pin$ pin_code pin_hash pin_number "
     "puk chap_challenge chap_response pre_shared_key parola_chiave clave_acceso mdp "
     "passwort_hash kennwort_hash motdepasse pass_word pass_wd userpass user_pass passhash "
     "pw_hash pwhash secret_word senha_hash wachtwoord_hash geheimzahl code_pin "
     "hashed_pass password_salt scram password_tried tried_password",
     "type policy hint format algorithm length url$ path$ count rule expire expired expires "
     "expiration strength history changed updated template attempt min max bypass"},
    {"password", 0.90, VALUE, PEOPLE | KEYS | VISITS, 0, "clave parola schluessel cle", NULL},
    {"secret", 0.96, VALUE, 0, 0,
     "secret api_key app_key access_key private_key auth_key account_key signing_key "
     "encryption_key consumer_key license_key licence_key server_key shared_key ssh_key "
     "otp totp hotp mfa_secret credential credentials hmac recovery_code backup_code "
     "scratch_code code_verifier code_challenge authorization_code auth_code "
     "verification_code confirmation_code reset_code activation_code activation_key "
     "security_code device_code user_code login_code keytab key_hash hashed_key bearer jwt "
     "p256dh assertion nonce cnonce snmp_community dsn connection_string connection_uri "
     "database_url client_cert client_key tls_key pem keystore pkcs12 x509 seed$ mnemonic "
     "kdf cvv cvc cv2 auth_header authorization$ authorization_header auth_data oauth_data "
     "oauth$ key_auth api_credential display_key api_token_hash signature_key user_pkcs12 "
     "user_certificate account_sid client_data_json attestation_object client_data "
     "attestation twofa twofa_key 2fa access_code oauth_refresh oauth_token pw$ pw_hash "
     "^pw provisioning_key host_key key_material master_key service_key root_key write_key "
     "admin_key stream_key wrapping_key device_key key_json invite_hash link_hash "
     "backup_hash login_hash reset_hash token_hash verification_hash confirmation_hash "
     "activation_hash session_hash confirm_key act_key credential_id challenge "
     "auth_challenge api_schluessel geheimnis privater_schluessel cle_api cle_secrete "
     "cle_privee clave_api clave_secreta clave_privada chiave_api chiave_segreta "
     "chiave_privata chave_api chave_secreta api_sleutel geheime_sleutel bestaetigungscode "
     "aktivierungscode code_confirmation code_activation codigo_verificacion "
     "codice_conferma codigo_confirmacao shared_secret coa_secret radius_secret nas_secret "
     "snmp_read snmp_write secret_digest token_digest code_digest code_hash otp_code "
     "sms_code verify_code pin_digest smtp_config ldap_config oauth_config sso_config "
     "saml_config idp_config auth_config integration_config connection_config "
     "bind_password bind_pw bind_pass registration_string register_string id_token "
     "access_jwt pairing_code login_challenge auth_secret pkce seed_value developer_key "
     "map_key bing_key google_key client_assertion digest_ha1 ki opc$ cred$ digest_md5 "
     "md5_digest md5_secret md5_hash cancel_code cancellation_code confirm_code "
     "pending_code link_code bot_key private_jwk jwk_private key_handle challenge_code "
     "access_pin hashed_secret secret_answer answer_hash secreto segreto segredo",
     "type method format length url_path fingerprint enabled name expires expiration count hint "
     "label public "
     "uri"},
    {"secret", 0.80, VALUE, 0, 0, "oauth",
     "id uid user name provider url uri type scope state expires client account app at"},
    {"token", 0.94, VALUE, 0, 0,
     "token jeton magic_link invite_code invitation_code one_time_code otc$ remember_me "
     "tok zugriffstoken zugangstoken aktualisierungstoken jeton_acces token_acceso "
     "token_accesso ficha_acceso tok_hash",
     "type endpoint$ limit method count$ uri$ url$ tokenizer scope name$ provider$ version "
     "expires expiration expiry budget usage sync csrf valid"},
    {"certificate", 0.60, VALUE, 0, 0, "cert certificate idp_cert user_certificate",
     "fingerprint count name number type authority"},
    {"secret", 0.60, VALUE, 0, 0, "^encrypted ^crypted ciphertext$",
     "name email phone address file key_id at"},
    {"hash", 0.65, VALUE, PEOPLE, 0, "^hash$ ^hashed$ password_hash hash_password hashed$", NULL},
    {"key", 0.72, VALUE, KEYS, 0,
     "^key$ key_value ^value$ ^code$ ^hash$ digest ^data$ cert certificate config "
     "configuration setting payload prop identifier parameter option external_id "
     "credential_id public_key metadata blob raw identity extra community shared_secret "
     "key$ hash$ param digest$ sig$ signature code$ blob$ hashed$ <activity>_hash",
     "method type public"},
};
const size_t vocabulary_credentials_count =
    sizeof vocabulary_credentials / sizeof *vocabulary_credentials;
