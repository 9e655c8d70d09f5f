/*
 * vocabulary.c - the words of everyday schemas
 *
 * In English, French, German, Spanish, Italian, Portuguese, Dutch, Polish and Swedish, and of the
 * standards: vCard (RFC 6350), OpenID Connect's claims, OAuth (RFC 6749), SIP (RFC 3261), RADIUS
 * (RFC 2865, RFC 2866), Web Push (RFC 8291).
 */
#include "discover/vocabulary.h"

#include <stddef.h>

#define PERSONAL "personal"
#define USAGE "usage"
#define TELEPHONY "telephony"
#define CREDENTIALS "integration_credentials"

const struct rule vocabulary_rules[] = {
    {CREDENTIALS, "password", 0.97, VALUE, 0, 0,
     "password* passwd* passphrase pwd pass pw$ passwort kennwort mot_de_passe motdepasse "
     "contrasena contrasenia senha wachtwoord haslo losenord crypted_password hashed_password "
     "password_digest salt$ ha1* md5_cred md5secret remotesecret nt_hash lm_hash nthash psk pin "
     "pin_code pin_hash pincode passcode puk",
     "type policy hint format algorithm length url path count rule expir* pass_through"},
    {CREDENTIALS, "secret", 0.96, VALUE, 0, 0,
     "secret* api_key* apikey access_key private_key auth_key key_auth signing_key encryption_key "
     "consumer_key app_key license_key server_key shared_key ssh_key client_secret otp* totp* "
     "mfa_secret credential* hmac* webhook_secret webhook_url recovery_code* backup_code* "
     "code_verifier code_challenge authorization_code auth_code keytab encrypted_* hashed_key "
     "key_hash bearer jwt p256dh nonce account_sid snmp_community community$ dsn connection_string "
     "connection_uri client_cert client_key tls_key pem$ assertion seed$ cipher* kdf_*",
     "type method format length url enabled name expires count hint label public"},
    {CREDENTIALS, "token", 0.94, VALUE, 0, 0,
     "token* access_token refresh_token id_token auth_token session_token sessiontoken oauth* "
     "api_token reset_token confirmation_token invitation_token invite_token invite_code "
     "remember_token jeton verification_code magic_link otc$ one_time_code",
     "type endpoint limit method count uri url expires_in tokenizer tokenized scope scopes name "
     "provider version"},
    {CREDENTIALS, "key", 0.70, VALUE, KEYS, 0,
     "key keys value code hash digest data cert certificate* config configuration settings payload "
     "props identifier parameters options external_id",
     "public"},

    {CREDENTIALS, "hash", 0.65, VALUE, PEOPLE, 0, "hash hashed*", "file content commit type"},

    {TELEPHONY, "call number", 0.93, TEXT | NUMBER, 0, 0,
     "caller* callee* calling* called* ani dnis rdnis dnid did did_number clid cnam cli callerid "
     "caller_id* cid_num* cid_name destination_number source_number from_number to_number dialed* "
     "dialled* redirected_number forwarded_to forward_to call_forward* outbound_caller* "
     "effective_caller* calling_station_id called_station_id e164 msisdn src$ dst$ src_user "
     "dst_user from_user to_user from_uri to_uri from_did ruri ruri_user request_uri_user "
     "presence_id presentity_uri watcher_uri contact_uri aor extension exten extension_number "
     "voicemail_number sip_uri sip_user* sip_username sip_address sipuri anrufer rufnummer "
     "appelant appele llamante numero_origen numero_destino chiamante fullcontact diversion "
     "p_asserted* rpid pai$ mailbox$ vm_box",
     "type enabled count"},
    {TELEPHONY, "call id", 0.85, TEXT | UUID, 0, 0,
     "call_id callid sip_call_id call_sid call_uuid uniqueid unique_call_id linkedid "
     "acct_session_id acct_unique_id acct_multi_session_id from_tag to_tag xml_cdr_uuid bleg_uuid "
     "leg_uuid dialog_id bridge_uuid conference_uuid",
     NULL},
    {TELEPHONY, "call record", 0.90, TEXT | TIME | NUMBER, 0, 0,
     "call_start* call_end* call_date calldate call_time call_duration call_direction billsec "
     "billmsec bill_sec billable_seconds answer_stamp start_stamp end_stamp answer_epoch "
     "start_epoch end_epoch hangup* hangup_cause ring_time talk_time hold_time wait_time ringtime "
     "talktime holdtime waittime acct_start_time acct_stop_time acct_session_time acctupdatetime "
     "acct_update_time acct_input_* acct_output_* acctinputoctets acctoutputoctets "
     "acct_terminate_cause disposition lastapp lastdata dcontext dstchannel sip_code sip_reason "
     "sip_msg dauer duree_appel",
     "type"},
    {TELEPHONY, "recording", 0.90, WORDS | BYTES, 0, 0,
     "recording* record_file recordingfile record_path record_name voicemail* voice_mail "
     "transcription transcript* call_recording greeting* audio_url audio_file audio_path "
     "enregistrement grabacion aufnahme",
     "enabled type count"},
    {USAGE, "mac", 0.93, MAC, 0, 0, "", NULL},
    {USAGE, "ip", 0.95, ANY & ~(TIME | OTHER | DOCUMENT | MAC), 0, SETTINGS,
     "ip ips ipv4 ipv6 ip_address ip_addr ipaddr ipaddress remote_addr remote_ip remote_address "
     "remote_host client_ip client_addr* host_ip x_forwarded_for forwarded_for x_real_ip src_ip "
     "source_ip source_addr* src_addr* dst_ip dst_addr* last_ip signup_ip framed_* framedip* "
     "nas_ip_address nasipaddress network_addr from_ip user_ip received delegated* via_addr "
     "adresse_ip direccion_ip indirizzo_ip hostname$ last_host",
     "count type whitelist version required allowed protocol"},
    {USAGE, "ip", 0.90, NETWORK, 0, SETTINGS, "", NULL},

    {USAGE, "user agent", 0.94, WORDS, 0, 0,
     "user_agent* useragent ua$ browser* accept_language http_user_agent client_version "
     "client_info client_name user_client",
     "enabled count"},
    {USAGE, "device", 0.90, VALUE, 0, 0,
     "device* udid imei imsi iccid imeisv idfa idfv gaid android_id mac mac_address mac_addr "
     "push_token push_endpoint pushkey fcm_token apns* registration_token visitor_id anonymous_id "
     "distinct_id installation_id instance_id fingerprint browser_id hardware_id serial_number "
     "machine_id aaguid",
     "type count limit"},
    {USAGE, "device", 0.72, TEXT, 0, SETTINGS,
     "device_type os os_name os_version platform$ operating_system screen_* viewport app_version",
     NULL},
    {USAGE, "session", 0.86, VALUE | NUMBER, 0, 0,
     "session_id session_key session_data session_uuid session$ cookie* tracking_id gclid fbclid "
     "fbp utm_* sid$ user_session* sess$ sess_* session_state session_index",
     "count type enabled"},
    {USAGE, "page", 0.85, TEXT, 0, 0,
     "referrer* referer* referring* landing_page entry_page exit_page page_url page_title "
     "page_path request_path request_uri request_url request_params request_body query_string "
     "search_query search_term search_text clicked_url visited_url http_referer current_url "
     "last_page",
     "type policy"},
    {USAGE, "sign-in", 0.85, TIME | NUMBER, 0, 0,
     "last_login* last_seen* last_sign_in* current_sign_in* last_active* last_activity* "
     "sign_in_count login_count last_logon* lastlogin* lastaccess last_access* last_visit* "
     "last_online* last_used* last_auth* login_time logout_time login_at logout_at logins_count "
     "failed_login* failed_attempts failed_password* bad_password* login_attempts num_logins "
     "last_request* last_connect* last_ping* last_heartbeat last_refresh* last_session* "
     "remember_created_at visited_at viewed_at clicked_at opened_at auth_time authdate "
     "authenticated_at last_check_in lastseen derniere_connexion ultimo_acceso letzter_login "
     "letzte_anmeldung last_view* last_read* last_message_at seen_at logged_in_at",
     "id"},

    {PERSONAL, "email", 0.97, WORDS, 0, 0,
     "email* e_mail e_mails mail$ mails mail_address email_address courriel correo* "
     "posta_elettronica epost reply_to from_address to_address mailbox electronic_mail* "
     "sender_address recipient_address email1 email2 pager rcpt_to mail_from",
     "type template format sent enabled digest provider server host port count settings "
     "notification notifications verified opt frequency subject id"},
    {PERSONAL, "phone", 0.95, TEXT | NUMBER, 0, 0,
     "phone* telephone* telefon* telefoon* tel tel1 tel2 mobile* mobil movil cell cellphone "
     "cell_number celular cellulare handy handynummer portable gsm fax* whatsapp* viber* "
     "sms_number phone_number mobile_number contact_number home_phone work_phone homephone "
     "workphone mobilephone kontakttelefon recipient_number",
     "type enabled count verified app country code_sent"},
    {PERSONAL, "name", 0.96, WORDS, 0, 0,
     "first_name last_name middle_name maiden_name birth_name full_name fullname family_name "
     "given_name given_names legal_name real_name surname sur_name user_name username* "
     "customer_name contact_name sender_name recipient_name owner_name billing_name shipping_name "
     "guest_name attendee_name author_name organizer_name organiser_name account_holder "
     "account_name card_holder cardholder* name_on_card fname lname firstname lastname prenom nom "
     "nom_famille vorname nachname familienname apellido* nombre nombres cognome sobrenome apelido "
     "voornaam achternaam tussenvoegsel imie nazwisko fornamn efternamn initials salutation anrede "
     "civilite name_prefix name_suffix honorific* gecos cn$ sn$ person_name employee_name "
     "agent_name membername from_name to_name screen_name login login_name user_login "
     "user_handle formatted_name sort_name phonetic* assignee_name reporter_name creator_name "
     "preferred_username uid$ auth_user auth_id auth_username authname defaultuser acct "
     "also_known_as "
     "human_identifier whodunnit spouse* next_of_kin emergency_contact* contact_person "
     "ansprechpartner manager_name supervisor* mother* father* personal_name who$ "
     "federated_username principal* subject_name distinguished_name user_principal* "
     "sam_account_name samaccountname givenname normalized_user_name normalizedusername",
     "type format count policy"},
    {PERSONAL, "name", 0.90, WORDS, 0, SETTINGS,
     "display_name displayname nick_name nickname nick handle author* creator owner sender "
     "recipient* assignee attendee* reporter requester requestor submitter organizer* organiser* "
     "participant* member members guest* host_name invitee* invited_by created_by updated_by "
     "modified_by deleted_by changed_by uploaded_by approved_by assigned_to sent_by sent_to "
     "send_to send_from "
     "signed_by usr$ userid$ user$ person client customer contact contacts employee "
     "actor addressee cc bcc to_list members_list threepid contact_name",
     "type format count policy id ids uuid url domain domains"},
    {PERSONAL, "name", 0.85, WORDS, PEOPLE, SETTINGS,
     "name title label alias aliases description about bio", "type file"},
    {PERSONAL, "company", 0.72, TEXT, 0, 0,
     "company* organization organisation organization_name organisation_name employer societe "
     "firma empresa azienda bedrijf foretag raison_sociale ragione_sociale vat vat_id vat_number "
     "siret siren tax_id tax_number job_title jobtitle occupation job_position position_title "
     "department profession position_name school university designation",
     "type size id url count domain"},
    {PERSONAL, "id number", 0.93, TEXT | NUMBER, 0, 0,
     "ssn social_security* passport* national_id nir driver_license driving_licen* "
     "drivers_license* license_plate plate_number insurance_number medical_record* "
     "identity_number id_card id_number personal_number citizen_id pesel nip cpf cnpj rut curp "
     "dni nif nie codice_fiscale bsn personnummer steuernummer steuer_id numero_secu nino abn acn "
     "tin ein fiscal_code document_number fiscal_number",
     "enabled type"},
    {PERSONAL, "address", 0.88, WORDS, 0, 0,
     "address address_1 address_2 address1 address2 address3 address_line* street* addr addr1 "
     "addr2 line_1 line_2 line1 line2 city town zip zip_code zipcode postal_code postcode "
     "post_code "
     "postalcode postal region county province state_name adresse ville code_postal codepostal rue "
     "plz strasse hausnummer ort wohnort direccion calle ciudad codigo_postal indirizzo citta cap$ "
     "endereco morada rua cidade cep straat huisnummer plaats adres ulica miasto kod_pocztowy "
     "adress gata postnummer po_box suburb locality house_number apartment home_address "
     "billing_address shipping_address residence building room_number floor_number neighbourhood "
     "district",
     "type format count ip mac url id"},
    {PERSONAL, "place", 0.85, TEXT | NUMBER | OTHER, 0, SETTINGS,
     "latitude longitude lat lng lon long$ geo* coordinates geolocation gps* location_name "
     "home_lat "
     "home_lon altitude place_of_birth birthplace lieu_naissance",
     "type"},
    {PERSONAL, "birth", 0.95, ANY & ~OTHER, 0, 0,
     "birth* date_of_birth dob bday naissance date_naissance geburtsdatum geburt* "
     "fecha_nacimiento nacimiento data_nascita nascita data_nascimento geboortedatum "
     "data_urodzenia fodelsedatum birthday age$ birthdate anniversary date_of_death deceased*",
     NULL},
    {PERSONAL, "demographic", 0.85, ANY, 0, 0,
     "gender sex geschlecht sexe genero nationality nationalite marital_status religion ethnicity "
     "race$ disability salary wage income blood_type diagnosis allerg* medication*",
     "type"},
    {PERSONAL, "bank", 0.92, TEXT | NUMBER, 0, 0,
     "iban bic swift card_number creditcard* credit_card_number debit_card* cc_number cc_last* "
     "card_last* last4 last_4 last_digits cc_type card_brand card_type expiry_month expiry_year "
     "exp_month exp_year routing_number bank_account* bank_name account_number kontonummer sepa* "
     "stripe_customer* customer_stripe* payment_profile* customer_profile* payer* receipt",
     "type enabled"},
    {PERSONAL, "social", 0.88, WORDS, 0, 0,
     "skype twitter* linkedin* facebook* instagram* telegram* github_username mastodon website* "
     "homepage web_site social* jabber icq xmpp jid discord* slack_id profile_url blog_url aim "
     "msn yahoo google_plus youtube*",
     "enabled count"},
    {PERSONAL, "picture", 0.86, VALUE, 0, SETTINGS,
     "avatar* photo* picture* selfie profile_image* portrait voice_print signature* "
     "thumbnail_photo userpic headshot biometric* face_*",
     "count size type content_type updated enabled"},
    {PERSONAL, "external id", 0.62, TEXT, 0, SETTINGS,
     "customer_id customer_number customer_code customer_no customer_ref kundennummer "
     "numero_client member_id member_number employee_id employee_number employee_no staff_number "
     "patient_id student_id subscriber_id subscriber_number client_number external_user_id "
     "user_identifier person_number federated_user_id provider_user_id provider_uid stripe_user_id "
     "messenger_id external_id external_ref provider_account_id auth0_id clerk_id google_id "
     "facebook_id apple_id ldap_id webauthn_id subject_id",
     "type"},

    {TELEPHONY, "call record", 0.80, TIME, CALLS, 0,
     "start* end* answer* stamp$ time$ date$ begin* connect* disconnect* ring* stop* setup* "
     "finished* at$ progress*",
     "updated modified created deleted read expir*"},
    {TELEPHONY, "call record", 0.75, TEXT | NUMBER, CALLS, 0,
     "from to number destination source contact uri user agent queue channel bridge duration "
     "seconds secs length cause reason status direction answered_by start* end* answer*",
     "id type"},
    {PERSONAL, "free text", 0.75, WORDS, 0, SETTINGS,
     "note notes comment comments bio biography about_me message_text message_body feedback "
     "testimonial remarks remark annotation raw_email message_html body_html plain_text memo "
     "additional_info additional_notes status_message instructions bemerkung* notiz* kommentar* "
     "commentaire* remarque* observaciones comentario* osservazioni opmerking* uwagi anteckning* "
     "free_text complaint symptoms raw_payload raw_data raw_message personal_*",
     "count type id enabled"},
    {PERSONAL, "free text", 0.78, WORDS | BYTES, PEOPLE | MESSAGES | CALLS, 0,
     "body message text content contents subject description details summary answer question "
     "custom_fields attributes metadata extra properties props value html title snippet payload "
     "topic reason traits fields raw json data additional_* transcript response responses "
     "attachment* file_name filename media* options",
     "count type id"},
    {PERSONAL, "place", 0.65, TEXT | DOCUMENT, PEOPLE | VISITS | MESSAGES, 0,
     "location country country_code country_name state time_zone timezone tz$ locale language "
     "languages lang$ preferred_language native_language *_languages geo",
     "type"},
    {USAGE, "page", 0.75, WORDS, VISITS, 0,
     "url uri path query page title params location referrer endpoint data details event action "
     "ip host source campaign model name user properties payload metadata context changes "
     "old_value new_value object description message",
     "id type"},
    {USAGE, "sign-in", 0.60, TIME | NUMBER, VISITS, 0,
     "time* at$ ts$ timestamp* date$ login* logout* start* end* access* visit* last* authdate "
     "eventtime",
     "updated modified deleted expir* created revoked id"},

    {PERSONAL, "free text", 0.55, WORDS, 0, SETTINGS | KEYS,
     "raw_* payload request_* response_* params object object_changes old_data new_data changes "
     "form_data answers submission*",
     "id type status code"},
    {PERSONAL, "free text", 0.50, DOCUMENT, 0, SETTINGS | KEYS, "details info custom* content",
     NULL},
    {TELEPHONY, "call record", 0.50, TEXT | NUMBER | NETWORK | DOCUMENT, CALLS, SETTINGS, "",
     "id ids uuid type created updated modified deleted version enabled domain* tenant* lock* "
     "priority sort* order flags* weight node"},
    {USAGE, "activity", 0.50, WORDS, VISITS, SETTINGS, "",
     "id ids uuid type status state role* version level source* category created updated "
     "controller method format provider"},
    {CREDENTIALS, "key", 0.50, TEXT | DOCUMENT | BYTES, KEYS, 0, "",
     "id ids uuid type status state name scope scopes provider algorithm redirect* label "
     "description grant* op attribute url uri version public created updated domain realm "
     "device* slug key_type*"},
    {PERSONAL, "details", 0.50, WORDS, PEOPLE, SETTINGS, "",
     "id ids uuid type status state kind role* color colour theme currency slug scope* provider "
     "settings preference* preferences version source level plan tier visibility protocol format "
     "domain realm tenant permission* flags* priority class mode inbox* outbox* content_type "
     "public_key tag tags category header* stage features period hash checksum collection* "
     "classification locked* sells visible"},
    {PERSONAL, "free text", 0.50, TEXT, MESSAGES, SETTINGS, "",
     "id ids uuid type status state kind role* color slug provider version format lang* "
     "visibility priority category channel icon uri url mode direction event hash checksum "
     "content_type mime* path key domain name folder"},
};
const int vocabulary_rule_count = sizeof vocabulary_rules / sizeof *vocabulary_rules;

const struct subject vocabulary_tables[] = {
    {SETTINGS,
     "setting settings configuration* template* permission* role roles rule rules migration* "
     "translation* "
     "product* variant* plan plans price* currency currencies country countries states "
     "language* category categories tag tags taggings emoji* schema* version feature* "
     "country_codes timezone* dialplan* dispatcher route routes gateway gateways job_queue jobs "
     "ar_internal_metadata workflow* menu* module* type types preset* polic* counts stats "
     "statistics reaction* domains blocks trends update updates preferences languages tax* "
     "shipping_method* payment_method* zone zones stock* inventory* merchant* securit* "
     "exchange_rates groups group scopes flow execution stages capabilities privileges"},
    {CALLS,
     "call calls cdr cdrs xml_cdr acc missed_calls voicemail* voicemails recording* call_log* "
     "call_record* sms* mms fax* radacct accounting queue_log queue_calls dialog dialogs call_legs "
     "conference_* phone_calls missed_call cel silo presentity registrations location usrloc "
     "active_watchers watchers pua speed_dial* sip_trace sip_capture siptrace anrufe appels "
     "llamadas chiamate "
     "chamadas oproepen polaczenia samtal"},
    {KEYS, "token tokens credential* secret* api_key* oauth* key keys access_token* webauthn* "
           "password* certificate* connector* integration* connected_app* connections sso* saml* "
           "idp* identity_provider* webhook* verification* magic_link* otp* mfa* two_factor* "
           "passkey* component_config smtp* ldap* jwk* radcheck radreply nas auths ps_auths "
           "push_subscription* pushers authenticator* "
           "grants"},
    {VISITS,
     "session session_* sessions visit visits visitor visitors pageview* page_view* click clicks "
     "login login_* logins signin* access_log* audit* activity activities history tracking "
     "analytics device devices impressions ahoy* request requests radpostauth postauth "
     "event_entity admin_event* user_events search* searches presence last_seen "
     "heartbeat* hits push*"},
    {MESSAGES,
     "message messages chat chats chat_* comment comments post posts note notes email emails "
     "mail mails ticket* conversation* reply replies feedback review reviews statuses "
     "discussion* article* inbox letter* booking* event events appointment* meeting* reservation* "
     "thread* channel channels room room_* rooms file files fileinfo upload* status_edits "
     "attachment* appeal* request_notes calendar* task tasks issue issues "
     "case cases courier* correspondence termine rendez_vous reuniones warnings"},
    {PEOPLE,
     "user users usr customer* contact* person* people agent agents employee* lead leads "
     "patient* member members membership* subscriber* profile* attendee* guest* participant* "
     "author* owner* creator* sender* client clients staff partner* invit* recipient* applicant* "
     "candidate* student* address* account accounts buddy buddies operator* host hosts driver* "
     "tenant_user* identity identities vcard* speaker* donor* reporter* teacher* doctor* worker* "
     "res_partner hr_employee opportunit* prospect* buyer* supplier* passenger* resident* "
     "threepids userinfo user_* kunden kunde kontakt* benutzer mitarbeiter personne* utilisateur* "
     "clienti cliente clientes persona personas usuario* utente utenti gebruiker* klant* klanci "
     "osoba osoby uzytkownicy kund anvandare medlem* extensions subscribers aliases"},
};
const int vocabulary_table_count = sizeof vocabulary_tables / sizeof *vocabulary_tables;
