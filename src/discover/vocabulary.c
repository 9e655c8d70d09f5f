/* vocabulary.c - classes of words, what tables are about, and what is harmless. */
#include "discover/vocabulary.h"

const struct word_class vocabulary_classes[] = {
    /* who somebody can be */
    {"person",
     "user usr customer cust contact person people agent employee emp member subscriber "
     "owner author creator sender recipient receiver guest attendee participant patient "
     "student teacher lead buyer seller payer payee driver passenger organizer organiser "
     "assignee reporter requester requestor submitter reviewer approver manager supervisor "
     "operator staff supplier candidate applicant visitor donor beneficiary holder "
     "cardholder follower friend invitee inviter editor moderator actor worker resident "
     "respondent signer signatory consignee shipper addressee principal human initiator "
     "delegate delegator prospect attorney doctor nurse practitioner physician spouse "
     "partner relative victim defendant plaintiff claimant tutor coach trainer speaker "
     "contributor writer borrower supporter petitioner signee cosigner consumer kunde "
     "benutzer nutzer mitarbeiter teilnehmer absender empfaenger inhaber ansprechpartner "
     "utilisateur usager personne salarie employe expediteur destinataire adherent usuario "
     "cliente empleado persona remitente destinatario propietario titular asistente utente "
     "dipendente mittente proprietario partecipante paziente funcionario remetente "
     "gebruiker klant medewerker afzender ontvanger eigenaar deelnemer contactpersoon "
     "assistant secretary poster judge lawyer volunteer youth officer counselor counsellor "
     "advisor adviser mentor faculty instructor professor pupil clerk therapist caregiver "
     "carer guardian witness musician trainee apprentice"},
    /* of these, who stands for a name without another word */
    {"who",
     "user usr customer contact person employee owner author creator sender recipient "
     "receiver guest attendee patient student teacher buyer seller payer payee driver "
     "passenger organizer organiser assignee reporter requester requestor submitter reviewer "
     "approver manager supervisor operator candidate applicant visitor donor beneficiary "
     "cardholder invitee inviter actor worker resident respondent signer consignee shipper "
     "addressee kunde benutzer absender empfaenger inhaber ansprechpartner utilisateur "
     "expediteur usuario cliente empleado remitente utente dipendente mittente remetente "
     "gebruiker klant medewerker contactpersoon"},
    /* what is no person and may have a name or an address */
    {"thing",
     "facility merchant manufacturer store shop warehouse branch site product item plan "
     "experiment group function tool model campaign project service event file table "
     "column field class feature bank hospital clinic team role tag category "
     "hotel venue server database domain network queue gateway trunk app application "
     "bucket job task step version package brand vehicle bike drug medicine program course "
     "tax stock carrier vendor form host method"},
    /* the two ends of a call: these words mean nothing else */
    {"party",
     "caller callee calling called ani dnis rdnis dnid dialed dialled dialing "
     "anrufer angerufener rufer appelant appele llamante llamado chiamante chiamato chamador "
     "beller gebelde"},
    /* and these may */
    {"end", "from to src dst source destination originating originator origin terminating outbound "
            "inbound outgoing incoming answering contact forward transfer redirecting redirected "
            "transferred connected translated roaming"},
    /* the same, where rows are calls */
    {"side", "a b orig org term dest dst src local remote ingress egress near far in out entrant "
             "sortant entrante saliente uscente ingehend ausgehend eigene fremde"},
    {"dial", "number num nbr no nr nummer numero msisdn phone tn dn addr address digits pn tel"},
    {"number", "number num no nr numero nummer rufnummer msisdn did digit"},
    {"endpoint", "uri url user extension ext tag contact party station aor identity leg acct usr "
                 "host dom domain realm name nm ident"},
    /* what a time column can say */
    {"began", "start started starts begin began begins beginn debut inicio inizio anfang aanvang "
              "beginning starting comienzo partenza avvio abertura von desde vom du departure "
              "entered begun"},
    {"ended", "end ended ends stop stopped stops finish finished fin ende fim einde complete "
              "completed ending termine fermeture cierre chiusura bis hasta departed au exited"},
    {"moment",
     "at on time date datetime timestamp ts stamp epoch utc dt zeit uhrzeit datum heure "
     "hora ora tijd fecha data tm stp tstamp when zeitpunkt zeitstempel horodatage orario "
     "momento instante tijdstip moment heures jour dia giorno hour"},
    {"length", "duration dur length second sec msec millisecond ms minute min elapsed dauer duree "
               "duracion durata duracao duur durations secs minuten sekunden secondes minutos "
               "segundos minuti secondi seconden laenge longueur gespraechsdauer"},
    {"activity",
     "login logon signin sign logged active activity access accessed visit visited seen "
     "online used use auth authenticated authentication authorized request connect "
     "connected connection ping heartbeat view viewed read session connexion anmeldung "
     "acceso accesso opened clicked typed registered reg redeemed contacted posted "
     "uploaded played watched searched"},
    /* what goes over a line, and which way */
    {"flow", "in out input output up down upload download uplink downlink tx rx sent received recv "
             "rcvd used total transferred ingress egress incoming outgoing subida bajada descarga "
             "carga enviado recibido montant descendant envoye recu gesendet empfangen hochgeladen "
             "heruntergeladen caricato scaricato enviados recebidos verzonden ontvangen"},
    {"unit", "octet byte packet pkt gigaword mb kb gb mbyte megabyte traffic volume bandwidth "
             "octeto datenmenge"},
    /* the row's own bookkeeping */
    {"kept",
     "created creation updated update modified modification changed deleted inserted insert added "
     "expires expire expired expiry erstellt angelegt geaendert aktualisiert geloescht cree "
     "modifie supprime creado modificado eliminado creato modificato eliminato criado alterado "
     "aangemaakt gewijzigd verwijderd"},
    /* what may stand behind the noun of a table's name */
    {"tail", "log history data delivery detail info information line version revision record list "
             "item archive table tbl value attribute entry row metadata meta extra ext temp tmp "
             "backup old new copy map link index base main job outbox inbox queue"},
    /* whose credentials and accounts there are */
    {"vendor",
     "google twilio salesforce hubspot shopify stripe slack zoom microsoft github gitlab mailchimp "
     "sendgrid aws amazon azure facebook meta instagram twitter linkedin paypal zendesk intercom "
     "dropbox apple adyen asana atlassian jira trello bitbucket okta braintree square "
     "calendly clickup datadog discord docusign freshdesk freshworks gmail outlook "
     "klaviyo mailgun mailjet marketo messagebird monday netsuite notion nexmo vonage pagerduty "
     "pipedrive plaid plivo postmark quickbooks ringcentral sentry servicenow sinch snowflake "
     "spotify strava telegram telnyx tiktok typeform webex whatsapp woocommerce wordpress xero "
     "yahoo youtube zapier zoho bandwidth aircall sap openai anthropic cloudflare heroku firebase "
     "algolia segment mixpanel amplitude posthog gocardless mollie klarna"},
};
const size_t vocabulary_class_count = sizeof vocabulary_classes / sizeof *vocabulary_classes;

const char *const vocabulary_abbreviations =
    "nm name nme name tm time dt date dte date txt text msg message descr description "
    "desc description tok token pwd password passwd password pswd password val value "
    "cfg config conf config err error usr user cust customer appt appointment "
    "appmt appointment emp employee lang language nbr number addr address adr address "
    "tel telephone mob mobile dept department organisation organization dur duration "
    "hrs hour cnt count qty quantity amt amount prio priority cat category attr attribute "
    "param parameter recd received rcvd received rcpt recipient recip recipient "
    "sndr sender subj subject subscr subscriber curr current prev previous tmpl template "
    "tpl template img image pic picture doc document sess session cred credential "
    "creds credential cert certificate pcode postcode hist history stmt statement "
    "dtm datetime strt start frst first brth birth bday birthday cd code agt agent "
    "cmnt comment rmrk remark rmk remark rsn reason len length hse house extn extension "
    "xfer transfer answ answer mtg meeting evt event grp group mbr member ctry country "
    "cntry country gndr gender lic license pmt payment txn transaction chg change "
    "upd updated req request resp response vmail voicemail voicemails voicemail ph phone "
    "nick nickname bdate birthdate codigo code codice code";

const struct topic vocabulary_topics[ABOUTS] = {
    {PEOPLE,
     "<person> account address identity vcard membership household family signup "
     "enrollment enrolment phone mobile alias biography resume cv userinfo buddy people "
     "kontakt kontakte contacto contatto contatti contato relatie relaties adresse "
     "direccion indirizzo endereco adres kunden kundin nutzer personen personnes artist "
     "phone_book phonebook address_book directory client_contact contact_list "
     "custom_field_value custom_value field_value attribute_value firma firmen interessent "
     "interessenten ansprechpartner adressbuch mitglied mitglieder empleado empleados "
     "salarie salaries empregado empregados dipendente dipendenti werknemer prospects "
     "inscrit inscrits beneficiaire beneficiaires abonne abonnes adherent familie foyer "
     "menage hogar usager usagers usuario utilisateur utilisateurs assinante abbonato "
     "abbonati abonnee iscritto iscritti",
     "entry registration extension client profile",
     "^first_name$ ^last_name$ ^given_name$ ^family_name$ ^surname$ ^email$ ^mail$ ^phone$ "
     "^mobile$ ^fax$ ^birth_date$ ^birthday$ ^dob$ ^date_of_birth$ ^gender$ ^street$ "
     "^city$ ^postal_code$ ^zip$ ^job_title$ ^full_name$ ^email_address$ ^phone_number$ "
     "^vorname$ ^nachname$ ^strasse$ ^plz$ ^prenom$ ^nom$ ^apellido$ ^nombre$ ^cognome$ "
     "^sobrenome$ ^voornaam$ ^achternaam$ ^telefon$ ^telefono$ ^telephone$ ^adresse$ "
     "^courriel$ ^correo$ ^geburtsdatum$ ^post_code$ ^user_name$ ^state$ ^country$ "
     "^address$ ^address_1$ ^line_1$ ^province$"},
    {CALLS,
     "call cdr voicemail recording sms mms fax dialog conference sip caller callee "
     "presentity binding dialed telephony ivr anruf anrufe appel llamada chiamata chiamate "
     "chamada oproep oproepen gespraech call_participant call_member call_agent call_party "
     "conference_member conference_participant call_queue_entry call_center_call registrar "
     "mailbox_message mailbox_msg fax_queue sms_queue phone_log phone_activity "
     "phone_history phone_event phone_record phone_call twilio vonage nexmo plivo telnyx "
     "sinch text_message txt_message short_message sms_message call_log call_history "
     "call_detail call_record missed_call phone_bill telefonat telefonate gespraeche "
     "anrufprotokoll anrufliste verbindungsdaten einzelverbindung journal_appel "
     "historique_appel registro_llamada registro_llamadas registro_chiamate ligacao "
     "ligacoes belgeschiedenis huddle voice_call video_call voice_room voice_session "
     "call_session video_session queue_log queue_caller queue_event queue_call",
     "mailbox leg bridge channel queue trunk location registration contact media stream quality "
     "accounting "
     "voice extension subscriber",
     "<party> call_id hangup ani dnis clid ring_time talk_time from_tag to_tag "
     "call_duration ringing caller_id from_uri to_uri from_number to_number "
     "recipient_number sender_number ^src$ ^dst$ ^answer_time$ ^answered_at$ hangup_cause "
     "disposition voicemail sip_password ^contact$ ^aor$ connected_line call_key "
     "call_ref sip_code sip_status sip_method sip_reason "
     "sip_call_id q850 release_cause cause_code codec trunk_in trunk_out in_trunk "
     "out_trunk ingress_trunk egress_trunk a_number b_number a_num b_num anum bnum "
     "orig_num dest_num seizure dialled_number dialed_number bill_seconds billable_seconds "
     "rtp mos dtmf msc smsc served_msisdn imsi cell_id lac waited abandon abandoned "
     "wait_<length> hold_<length> talk_<length> ring_<length> billable talk_seconds "
     "wait_seconds caller_number queue_position answered_<moment> connected_<moment>"},
    {VISITS,
     "session visit pageview page_view click impression login logon signin sign_in logout "
     "audit activity_log user_activity tracking analytics device presence heartbeat hit "
     "search seen download radius authentication_attempt attempt telemetry trace "
     "typing event_log http_request page_request ad_request last_seen status_change input "
     "tap swipe user_event user_agent geolocation geo_ip lease auditing agent_status "
     "user_status agent_state user_state online_status <person>_log <person>_event "
     "admin_event login_log auth_log auth_event auth_attempt authentication_log "
     "<person>_action agent_session event_trail access_log pause read_marker read_state "
     "read_position read_receipt delivery_receipt data_usage usage_record usage_log "
     "<person>_activity hotspot captive_portal daily_usage monthly_usage traffic netflow "
     "flow_record ip_log online_user active_user active_session auth_result click_log "
     "search_history browsing_history connexion connexions anmeldung anmeldungen sitzung "
     "sitzungen sesion sesiones acceso accesos accesso accessi sessione sessioni sessao "
     "aanmelding aanmeldingen protokoll zugriff zugriffe anmeldeprotokoll "
     "zugriffsprotokoll journal_acces historique_connexion registro_acceso usage_daily "
     "usage_monthly usage_day usage_month usage_history usage_summary traffic_daily "
     "traffic_monthly sign_on signon admin_log security_log security_event system_log "
     "browser_history consumo verbrauch nutzung consommation consommations utilizzo "
     "utilizacao verbruik navegacion navigation historico_navegacao bitacora "
     "journal_connexions",
     "activity event action stream metric log history journal request response read view "
     "error crash rad usage receipt accounting acct acct_record",
     "^ip$ ^ip_address$ ^user_agent$ referrer referer ^session_id$ url_path browser "
     "session_key device_id nas_ip acct_session_id framed_ip utm_source visitor_id "
     "^ip_addr$ whodunnit audited_changes object_changes octet packet pkt gigaword "
     "framed_address terminate_cause ^session_time$ nas_addr"},
    {MESSAGES,
     "message msg chat comment post note email mail ticket conversation reply feedback "
     "review discussion inbox outbox letter thread room status_edit draft notification "
     "push_message poll vote case issue task todo answer question response submission "
     "correspondence complaint diary journal_entry diary_entry appeal annotation "
     "transcript memo muc statement message_archive nachricht nachrichten kommentar notiz "
     "notizen mensaje mensagem messaggio bericht commentaire remarque courrier problem "
     "incident defect bug email_queue mail_queue message_queue outbound_queue send_queue "
     "form_entry form_submission form_answer form_response form_value entry_answer "
     "opportunity deal aufgabe aufgaben kontakthistorie schriftverkehr anfrage anfragen "
     "reklamation beschwerde meldung tache taches echange echanges reclamation demande "
     "demandes tarea tareas mensajes comentario comentarios queja quejas nota notas "
     "messaggi commento commenti segnalazione reclamo reclamacao berichten opmerking "
     "opmerkingen klacht klachten mailausgang mailbox posteingang postausgang reminder "
     "campaign_send campaign_recipient campaign_email mailing reminder_queue "
     "notification_queue incidencia incidencias incident_report stoerung stoerungen "
     "anomalie solicitud richiesta pedido_ajuda melding meldingen contact_form "
     "contact_message contact_request enquiry inquiry kontaktformular formulaire_contact "
     "formulario_contacto",
     "channel status log history topic event entry page archive image",
     "^body$ ^subject$ ^message$ message_text ^sender$ ^recipient$ ^cc$ ^bcc$ reply_to "
     "in_reply_to text_body html_body from_address to_address ^topic$ ^purpose$ ^header$"},
    {MEETINGS,
     "meeting appointment booking reservation calendar calendar_event attendance rsvp "
     "visit_plan shift timesheet leave absence vacation freebusy busy_time consultation "
     "event_attendee interview lesson termin termine reunion rendez_vous rdv cita "
     "appuntamento appuntamenti afspraak afspraken agenda kalender evento out_of_office "
     "time_off busy busy_slot shift_roster duty_roster rota time_slot poll_slot rendezvous "
     "besprechung terminkalender reunione riunione riunioni reuniao reunioes citas "
     "vergadering vergaderingen abwesenheit abwesenheiten urlaub conge conges ausencia "
     "ausencias assenza assenze ferie plage creneau creneaux duty staff_leave staff_roster "
     "work_roster",
     "activity event schedule slot task todo",
     "attendee organizer organiser ^location$ ^summary$ guest rrule recurrence ^time_zone$ dtstart "
     "dtend invitee"},
    {KEYS,
     "token credential secret api_key oauth key access_token webauthn password certificate "
     "connector integration connection sso saml idp identity_provider webhook verification "
     "magic_link otp mfa factor two_factor passkey smtp ldap jwk grant push_subscription "
     "pusher authenticator connected_app connected_account keystore vault recovery_code "
     "backup_code oauth_application oauth_client nas verification_code device_code "
     "authorization_code access_code invite_code login_code one_time_code reset_code "
     "service_account machine_account voucher sms_code verify_code auth_code pin_code "
     "otp_challenge one_time_password login_request password_change email_verification "
     "phone_verification email_change confirmation email_confirmation access_grant "
     "refresh_token session_token zugangsdaten kennwort passwort schnittstelle "
     "identifiants mot_de_passe clave contrasena credenciales credenziali parola_chiave "
     "credencial wachtwoord smtp_account mail_account email_account imap_account "
     "calendar_account calendar_connection calendar_sync radius_client nas_client "
     "access_server network_access_server proxy_realm upstream invitation invite "
     "security_question security_answer secret_question external_login social_login "
     "external_identity social_account linked_account federation_link identity_link "
     "account_link recovery_request vale vales gutschein gutscheine bon_cadeau zugangscode",
     "app application provider client",
     "^token$ ^secret$ ^expires_at$ ^refresh_token$ ^access_token$ ^client_secret$ "
     "^api_key$ redirect_uri client_id grant_type scope ^expires$ ^expiry$ "
     "expires_<moment> expire_<moment> ^used_at$ ^used$ ^attempts$ ^tries$ "
     "redeemed_<moment> consumed_<moment> revoked_<moment> ^valid_until$ ^valid_to$"},
    {SETTINGS,
     "setting configuration config template permission role rule migration translation "
     "product variant plan price currency country language category tag tagging emoji "
     "schema feature time_zone dialplan dial_plan dispatcher route routing gateway trunk "
     "job workflow menu module type preset policy stat statistic reaction domain trend "
     "preference tax method zone inventory merchant exchange_rate rate group scope flow "
     "execution stage capability privilege definition catalog catalogue option "
     "availability weekday holiday ^region$ ^state$ locale theme layout field pattern "
     "label code codec carrier tariff tier coupon discount widget dashboard screen "
     "dictionary lookup enum sequence cache balancing cron experiment condition facility "
     "tenant manufacturer color material job_queue feature_flag queue sip_profile "
     "conference_room conference_center conference_profile pool subnet server node class "
     "source form run process batch query check trigger schema_change meeting_room "
     "tool_call function_call api_call parametre parametres parametro parametros "
     "einstellung einstellungen ajuste ajustes impostazione instelling rolle rollen rechte "
     "droits roles_permission branche land laender pays paises pais motif motifs kategorie "
     "categorie categorias artikel article articulo articolo produkt produit producto "
     "prodotto produto vorlage vorlagen modele modeles plantilla modello modelo tarif "
     "tarife tarifs tarifa tariffa territoire servicio nas_device olt router switch "
     "network_device access_point base_station firewall sensor printer network_element "
     "call_queue voice_queue agent_queue support_queue acd_queue servidor_acceso "
     "punto_acceso point_acces zugangspunkt perfil profil schedule",
     "", ""},
    {FIRMS,
     "company organization organisation enterprise firm firma vendor supplier institution agency "
     "entreprise societe empresa azienda bedrijf unternehmen business account_group partner",
     "", ""},
    {DEALS,
     "order purchase checkout cart quote payment invoice donation subscription transaction "
     "transfer refund return sale contract claim campaign listing bestellung commande "
     "pedido ordine bestelling rechnung facture factura credit_note vertrag vertraege "
     "angebot angebote auftrag auftraege bestellungen lieferung devis contrat contrats "
     "factures commandes presupuesto contrato contratos facturas preventivo contratto "
     "fattura ordini orcamento fatura offerte opdracht factuur",
     "", ""},
    {FILES, "import export backup file upload attachment document image photo picture media blob",
     "", ""},
    {LINES,
     "extension phone_line sip_user sip_peer sip_account sip_device sip_endpoint "
     "voip_account voicemail_box voicemail_user mailbox did did_number toll_free_number "
     "blocked_number speed_dial phone_extension user_extension nebenstelle number_block "
     "number_blocklist number_blacklist call_block desk_phone ip_phone softphone handset "
     "phone_device call_forward call_forwarding follow_me number_inventory number_pool "
     "number_range",
     "line number endpoint peer phone device",
     "^extension$ ^caller_id$ voicemail caller_id_name caller_id_number sip_password"},
    {MAILED, "", "",
     "^email$ ^e_mail$ ^mail$ ^email_address$ ^contact_email$ ^phone$ ^phone_number$"},
    {LINKED, "", "",
     "<person>_id$ <person>_uuid$ <person>_fk$ account_id ^user_name$ ^email$ "
     "<person>_email$ <person>_name$ <person>_phone$ ^from$ ^to$ <person>_no$ <person>_nr$ "
     "<person>_code$ sent_by sent_to sent_from posted_by written_by from_user to_user "
     "from_address to_address ^cc$ reply_to jid whodunnit message_from message_to betreuer "
     "bearbeiter ^user$ ^usr$ ^member$ ^customer$ ^client$ ^sender$ ^recipient$ ^receiver$ "
     "^employee$ ^patient$ ^student$ ^guest$ ^agent$ ^subscriber$ ^participant$ ^attendee$ "
     "^benutzer$ ^kunde$ ^mitarbeiter$ ^usager$ ^utilisateur$ ^usuario$ ^cliente$ ^utente$ "
     "^klant$ ^gebruiker$ ^absender$ ^empfaenger$ ^expediteur$ ^destinataire$ ^remitente$ "
     "^destinatario$ ^mittente$ <person>_key$ <person>_ref$"},
    {TIMED, "", "",
     "^<moment>$ <began>$ <ended>$ <began>_<moment> <ended>_<moment> <length>$ "
     "<activity>_<moment> answered_<moment> received_<moment> sent_<moment> "
     "occurred_<moment> recorded_<moment> logged_<moment> event_<moment> call_<moment> "
     "ring_<moment> joined_<moment> left_<moment> submitted_<moment> "
     "delivered_<moment> ^call_id$ ^call_uuid$ ^call_sid$ ^call_ref$ ^call_key$ "
     "recording_id voicemail_id"},
};

const char *const vocabulary_harmless =
    "^is ^has ^have ^max ^min ^num ^total ^default enabled$ disabled$ type$ opt$ "
    "required$ format$ template$ order$ version$ limit$ size$ expires$ level$ mode$ kind$ "
    "class$ visibility$ priority$ schema$ count$ counter$ policy$ rank$ sort$ flag$ "
    "color$ colour$ icon$ algorithm$ slug$ encoding$ charset$ checksum$ bitfield$";

const char *const vocabulary_switches =
    "^had ^can ^could ^should ^allow ^allowed ^enable ^enabled ^require ^requires ^show "
    "^notify ^use ^skip ^hide ^auto ^do ^are ^was ^send ^not ^not_send position$ locked$ "
    "active$ archived$ deleted$ public$ private$ visible$ verified$ confirmed$";

const char *const vocabulary_references = "id$ uuid$ guid$ fk$";

const struct category vocabulary_categories[] = {
    {"integration_credentials", vocabulary_credentials, &vocabulary_credentials_count},
    {"telephony", vocabulary_telephony, &vocabulary_telephony_count},
    {"usage", vocabulary_usage, &vocabulary_usage_count},
    {"personal", vocabulary_personal, &vocabulary_personal_count},
};
const size_t vocabulary_category_count =
    sizeof vocabulary_categories / sizeof *vocabulary_categories;
