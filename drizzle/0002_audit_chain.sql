-- The audit log as a chain. Whoever commits an audit row also chains it: a deferred trigger runs at the end of the
-- transaction, when it waits for nothing any more but its own commit. So the lock that orders the commits is held for that
-- moment only, and whoever holds it never waits for another transaction.

INSERT INTO public.audit_head (id, seq, hash, pruned_seq, pruned_hash)
VALUES (1, 0, repeat('0', 64), 0, repeat('0', 64));
--> statement-breakpoint
-- What is hashed of a row: all of it, in one form that every PostgreSQL writes alike.
CREATE FUNCTION public.audit_canonical(row_ public.audit_log) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(
    row_.id,
    to_char(row_.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    row_.actor_kind, row_.actor_id, row_.actor_name, row_.address, row_.action,
    row_.target_kind, row_.target_id, row_.result, row_.details
  )::text
$$;
--> statement-breakpoint
CREATE FUNCTION public.audit_hash(previous text, canonical text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(previous || canonical, 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- 7165800 is any number, the same in audit_prune.
CREATE FUNCTION public.audit_append() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  head public.audit_head%ROWTYPE;
  body text;
  next_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(7165800);
  SELECT * INTO STRICT head FROM public.audit_head WHERE id = 1;
  body := public.audit_canonical(NEW);
  next_hash := public.audit_hash(head.hash, body);
  INSERT INTO public.audit_chain (seq, audit_id, canonical, hash) VALUES (head.seq + 1, NEW.id, body, next_hash);
  UPDATE public.audit_head SET seq = head.seq + 1, hash = next_hash WHERE id = 1;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- Rows from before the chain are its beginning, in the order in which they were made.
DO $$
DECLARE
  entry public.audit_log%ROWTYPE;
  last_seq bigint := 0;
  last_hash text := repeat('0', 64);
  body text;
BEGIN
  FOR entry IN SELECT * FROM public.audit_log ORDER BY id LOOP
    body := public.audit_canonical(entry);
    last_seq := last_seq + 1;
    last_hash := public.audit_hash(last_hash, body);
    INSERT INTO public.audit_chain (seq, audit_id, canonical, hash) VALUES (last_seq, entry.id, body, last_hash);
  END LOOP;
  UPDATE public.audit_head SET seq = last_seq, hash = last_hash WHERE id = 1;
END
$$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER audit_log_append AFTER INSERT ON public.audit_log
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.audit_append();
--> statement-breakpoint
-- Only what audit_append and audit_prune do is let through: the first works inside its trigger, the second raises a flag
-- that ends with its transaction.
CREATE FUNCTION public.audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'audit_chain' AND TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  IF TG_TABLE_NAME = 'audit_head' AND TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN RETURN NEW; END IF;
  IF current_setting('mcsd.audit_prune', true) = 'on' THEN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('audit_log', 'audit_chain') THEN RETURN OLD; END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_head' THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% of % is refused: the audit log is only added to', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_log_refuse BEFORE UPDATE OR DELETE ON public.audit_log
FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_log_refuse_truncate BEFORE TRUNCATE ON public.audit_log
FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_chain_refuse BEFORE INSERT OR UPDATE OR DELETE ON public.audit_chain
FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_chain_refuse_truncate BEFORE TRUNCATE ON public.audit_chain
FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_head_refuse BEFORE INSERT OR UPDATE OR DELETE ON public.audit_head
FOR EACH ROW EXECUTE FUNCTION public.audit_refuse();
--> statement-breakpoint
CREATE TRIGGER audit_head_refuse_truncate BEFORE TRUNCATE ON public.audit_head
FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
--> statement-breakpoint
-- Removes the beginning of the chain, as far as its rows are older than the given time, at most "most" of them. Nothing to
-- remove: removed is 0. The caller writes the row about it in the same transaction.
CREATE FUNCTION public.audit_prune(older_than timestamptz, most bigint)
RETURNS TABLE (removed bigint, up_to_seq bigint, up_to_hash text)
LANGUAGE plpgsql AS $$
DECLARE
  head public.audit_head%ROWTYPE;
  last_seq bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(7165800);
  SELECT * INTO STRICT head FROM public.audit_head WHERE id = 1;
  SELECT min(link.seq) - 1 INTO last_seq
    FROM public.audit_chain link JOIN public.audit_log entry ON entry.id = link.audit_id
    WHERE link.seq <= head.pruned_seq + most AND entry.at >= older_than;
  last_seq := coalesce(last_seq, least(head.seq, head.pruned_seq + most));
  IF last_seq <= head.pruned_seq THEN
    RETURN QUERY SELECT 0::bigint, head.pruned_seq, head.pruned_hash;
    RETURN;
  END IF;
  SELECT link.hash INTO STRICT last_hash FROM public.audit_chain link WHERE link.seq = last_seq;
  PERFORM set_config('mcsd.audit_prune', 'on', true);
  DELETE FROM public.audit_log entry USING public.audit_chain link
    WHERE link.audit_id = entry.id AND link.seq <= last_seq;
  DELETE FROM public.audit_chain link WHERE link.seq <= last_seq;
  UPDATE public.audit_head SET pruned_seq = last_seq, pruned_hash = last_hash WHERE id = 1;
  PERFORM set_config('mcsd.audit_prune', 'off', true);
  RETURN QUERY SELECT last_seq - head.pruned_seq, last_seq, last_hash;
END
$$;
--> statement-breakpoint
-- For filters by the part of an action before its dot, whatever the database's collation.
CREATE INDEX audit_log_action_prefix ON public.audit_log (action text_pattern_ops, id);
