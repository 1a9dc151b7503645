-- What was being carried out when a backup was made, and was carried out since, is closed by after-restore. It works as the
-- owner of the tables; the parts, which are not, never withdraw what they are in the middle of.
CREATE OR REPLACE FUNCTION refuse_illegal_request_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	step text := OLD.state || '>' || NEW.state;
	for_all text[] := ARRAY[
		'awaiting_approval>denied',
		'executing>verifying', 'outcome_unknown>verifying', 'executing>outcome_unknown',
		'executing>failed', 'verifying>failed', 'outcome_unknown>failed', 'verifying>completed',
		'received>withdrawn', 'identity_pending>withdrawn', 'in_review>withdrawn',
		'awaiting_approval>withdrawn', 'awaiting_capture>withdrawn', 'scheduled>withdrawn'
	];
	of_a_person text[] := ARRAY[
		'received>identity_pending', 'received>in_review', 'identity_pending>in_review',
		'in_review>awaiting_approval', 'awaiting_approval>in_review',
		'received>duplicate', 'identity_pending>duplicate', 'in_review>duplicate',
		'received>not_controller', 'identity_pending>not_controller', 'in_review>not_controller',
		'identity_pending>closed_unverified'
	];
	of_right text[] := CASE
		WHEN NEW."right" = 'rectification' THEN of_a_person || ARRAY[
			'awaiting_approval>awaiting_capture', 'awaiting_capture>in_review',
			'awaiting_capture>executing', 'failed>awaiting_capture'
		]
		WHEN NEW."right" = 'deletion' THEN ARRAY[
			'received>awaiting_approval', 'awaiting_approval>received', 'scheduled>received',
			'awaiting_approval>scheduled', 'scheduled>executing', 'failed>executing'
		]
		ELSE of_a_person || ARRAY['awaiting_approval>scheduled', 'scheduled>in_review', 'scheduled>executing', 'failed>executing']
	END;
	carried_out text[] := ARRAY['executing>withdrawn', 'outcome_unknown>withdrawn', 'verifying>withdrawn', 'failed>withdrawn'];
BEGIN
	IF NEW.id <> OLD.id OR NEW.protocol <> OLD.protocol OR NEW."right" <> OLD."right" OR NEW.opened_by IS DISTINCT FROM OLD.opened_by THEN
		RAISE EXCEPTION 'what a data request is does not change' USING ERRCODE = 'check_violation';
	END IF;
	IF NEW.state = OLD.state OR step = ANY (for_all) OR step = ANY (of_right) THEN
		RETURN NEW;
	END IF;
	IF NEW."right" IN ('erasure', 'consent_withdrawal', 'deletion') AND step = 'completed>scheduled' THEN
		RETURN NEW;
	END IF;
	IF NEW."right" IN ('erasure', 'consent_withdrawal', 'deletion') AND step = ANY (carried_out)
		AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
		RETURN NEW;
	END IF;
	RAISE EXCEPTION 'a data request for % does not go from % to %', NEW."right", OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
