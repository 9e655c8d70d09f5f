/*
 * vocabulary_telephony.c - who called whom, when, and for how long
 *
 * The words of SIP (RFC 3261, 3325, 5806), of E.164, of call detail records (3GPP TS 32.250), of
 * short messages (3GPP TS 23.040) and of voice mail.
 */
#include "discover/vocabulary.h"

const struct rule vocabulary_telephony[] = {
    {"call number", 0.93, TEXT | NUMBER | DOCUMENT, 0, 0,
     "<party> <party>_id <party>_<number> <party>_<endpoint> <party>_name <party>_phone "
     "<party>_phone_<number> <party>_address <party>_num <end>_<number> <end>_did "
     "<end>_extension <end>_exten <end>_tag <end>_uri <end>_phone <end>_phone_number "
     "from_user to_user src_user dst_user from_domain to_domain cid_num cid_number "
     "cid_name clid cnam cli_number did did_number ddi callback_number originating_address "
     "terminating_address destination_address caller_id_num caller_id_number "
     "caller_id_name callback_phone forward_to forwarded_to call_forward transferred_to "
     "bridged_to connected_line calling_station_id called_station_id e164 msisdn "
     "served_msisdn from_did ruri request_uri_user contact_uri aor address_of_record "
     "voicemail_number voicemail_box sip_uri sip_user sip_user_name sip_address sip_number "
     "sip_contact tel_uri rufnummer numero_origen numero_destino numero_appelant "
     "numero_appele numero_chiamante diversion p_asserted_identity p_preferred_identity "
     "remote_party_id referred_by refer_to vm_box vm_number presentity watcher watcher_uri "
     "follow_me phone_line agent_extension user_extension extension_number "
     "caller_extension <end>_cid outbound_cid caller_cid recipient_number sender_number "
     "receiver_number",
     "type enabled count domain_id station_url"},
    {"call number", 0.85, TEXT | NUMBER, CALLS | PEOPLE | LINES, 0, "^extension$ ^ext$", NULL},
    {"call number", 0.80, TEXT | NUMBER, LINES, 0,
     "^number$ number_alias forward destination ^contact$ mailbox ^did$ forward ^line$ ^user$ "
     "full_contact",
     "enabled type count"},
    {"call id", 0.86, UUID, 0, 0,
     "call_uuid call_guid leg_uuid bridge_uuid conference_uuid channel_uuid", NULL},
    {"call id", 0.86, TEXT, 0, 0,
     "call_id sip_call_id call_sid call_uuid call_guid unique_call_id call_reference "
     "call_ref acct_call_id leg_uuid leg_id dialog_id bridge_uuid conference_uuid "
     "channel_uuid message_sid recording_sid call_identification call_key "
     "sip_id x_call_id call_leg_id correlation_id icid charging_id session_uuid "
     "call_token call_identifier call_uid",
     NULL},
    {"call record", 0.90, TEXT | TIME | NUMBER | CODE, 0, 0,
     "call_<began> call_<ended> call_date call_time call_duration call_length "
     "call_direction call_status call_result call_outcome call_disposition call_state "
     "call_type call_cost call_price call_reason call_notes call_summary "
     "billable_<length> billed_<length> billing_<length> "
     "hangup "
     "hangup_cause hung_up ring_time ringing ring_<length> talk_time talk_<length> "
     "hold_time hold_<length> wait_time wait_<length> wrap_up wrapup conversation_<length> "
     "seizure_time release_time disposition cause_for_termination release_cause sip_code "
     "sip_reason sip_msg sip_method sip_status q850 dtmf mos jitter packet_loss "
     "lost_packet round_trip rtp gespraechsdauer",
     "enabled default allowed limit timeout"},
    {"call record", 0.80, TIME, 0, 0, "last_call last_called last_called_at", NULL},
    {"recording", 0.91, WORDS | BYTES, 0, 0,
     "recording recording_file record_file record_name record_path voicemail voice_mail "
     "transcription transcript call_recording greeting audio_url audio_file audio_path "
     "enregistrement grabacion aufzeichnung aufnahme registrazione gravacao opname",
     "enabled type count policy"},

    {"call record", 0.84, TEXT | TIME | NUMBER, CALLS | LINES, 0,
     "answer_time answer_date answered_at answered_time answered_by ^fine$ ora_fine "
     "data_fine",
     NULL},
    {"call record", 0.82, TIME | NUMBER, CALLS, 0,
     "<began> <ended> <moment> <length> answer answered connect disconnect ring stop setup "
     "joined left progress queue enter submit submitted sent delivered received recorded "
     "scheduled read abandoned position price codec cost rate amount charge score page "
     "segment part codec total_<length> <length>_total waited",
     "<kept> id"},
    {"call number", 0.80, TEXT | NUMBER, CALLS, 0,
     "from to number destination source contact uri user user_name agent queue channel "
     "peer party mailbox sender recipient originator domain phone phone_number address "
     "subscriber <end>_address <person>_number peer_address msc_address recipient_number "
     "sender_number sender_id session_id <side>_<endpoint> <end>_<endpoint> <end>_name "
     "<end>_nm sender_name recipient_name orig dest cid cid_name <side> <side>_<dial> "
     "<end>_<dial> from_address to_address contact_address telephone tel mobile cell fax "
     "telefon telefono telefone telefoon handy phone_no <person>_phone mobile_number "
     "cell_number fax_number contact_number",
     "email"},
    {"call id", 0.60, TEXT, CALLS, 0, "id$ uid$",
     "tenant account domain <person> organization company team project queue parent created site "
     "app "
     "gateway trunk template plan group"},
    {"call record", 0.55, TEXT | NUMBER | TIME | NETWORK | DOCUMENT | BYTES | UUID | CODE,
     CALLS | TIMED, 0, "",
     "^id$ ^uuid$ <kept> version enabled tenant lock priority sort order flag weight node "
     "tenant_id domain_id domain_uuid account_id user_id organization_id company_id "
     "team_id project_id cseq q parent_id <person>_id insert_date reg_id contact_id "
     "expires max provider_reference error response tag transport protocol port sha "
     "checksum hash retained ^provider$"},
};
const size_t vocabulary_telephony_count =
    sizeof vocabulary_telephony / sizeof *vocabulary_telephony;
