CREATE TABLE "backup_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "backup_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"server_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"result" text NOT NULL,
	"reason" text,
	"snapshot_id" uuid,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "backup_schedules" (
	"server_id" uuid PRIMARY KEY NOT NULL,
	"schedule" jsonb NOT NULL,
	"set_by" uuid NOT NULL,
	"played_at" timestamp with time zone,
	"last_drill_at" timestamp with time zone,
	"last_drill_snapshot_id" uuid,
	"last_drill_result" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "restores" (
	"id" uuid PRIMARY KEY NOT NULL,
	"server_id" uuid NOT NULL,
	"snapshot_id" uuid NOT NULL,
	"pre_restore_id" uuid,
	"resource" text NOT NULL,
	"paths" text[] NOT NULL,
	"restored_at" timestamp with time zone NOT NULL,
	"is_aside" boolean NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "saving_off" (
	"server_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "snapshot_counters" (
	"server_id" uuid NOT NULL,
	"resource" text NOT NULL,
	"path" text NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "snapshot_counters_server_id_resource_path_pk" PRIMARY KEY("server_id","resource","path")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"server_id" uuid NOT NULL,
	"owner_id" uuid,
	"resource" text NOT NULL,
	"path" text DEFAULT '' NOT NULL,
	"version" integer NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"size" bigint DEFAULT 0 NOT NULL,
	"added_bytes" bigint DEFAULT 0 NOT NULL,
	"file_count" integer DEFAULT 0 NOT NULL,
	"checksum" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"is_pinned" boolean DEFAULT false NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" text NOT NULL,
	"created_by_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"verified_at" timestamp with time zone,
	"verification" text
);
--> statement-breakpoint
ALTER TABLE "operations" ADD COLUMN "data" jsonb;--> statement-breakpoint
ALTER TABLE "backup_runs" ADD CONSTRAINT "backup_runs_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "backup_schedules" ADD CONSTRAINT "backup_schedules_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "restores" ADD CONSTRAINT "restores_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saving_off" ADD CONSTRAINT "saving_off_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "backup_runs_due" ON "backup_runs" USING btree ("server_id","due_at");--> statement-breakpoint
CREATE INDEX "restores_server" ON "restores" USING btree ("server_id","restored_at");--> statement-breakpoint
CREATE UNIQUE INDEX "snapshots_version" ON "snapshots" USING btree ("server_id","resource","path","version");--> statement-breakpoint
CREATE INDEX "snapshots_server" ON "snapshots" USING btree ("server_id","created_at","id");--> statement-breakpoint
CREATE INDEX "snapshots_status" ON "snapshots" USING btree ("status");