CREATE TABLE "applied_players" (
	"server_id" uuid NOT NULL,
	"type" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"uuid" uuid,
	"level" integer,
	"reason" text,
	"expires_at" timestamp with time zone,
	"state" text NOT NULL,
	"applied_at" timestamp with time zone NOT NULL,
	CONSTRAINT "applied_players_server_id_type_key_pk" PRIMARY KEY("server_id","type","key")
);
--> statement-breakpoint
CREATE TABLE "group_players" (
	"group_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"uuid" uuid,
	"level" integer,
	"reason" text,
	"expires_at" timestamp with time zone,
	"added_by" text NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_players_group_id_key_pk" PRIMARY KEY("group_id","key")
);
--> statement-breakpoint
CREATE TABLE "group_servers" (
	"group_id" uuid NOT NULL,
	"server_id" uuid NOT NULL,
	"priority" integer DEFAULT 0 NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"last_error" jsonb,
	"synced_at" timestamp with time zone,
	"attached_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_servers_group_id_server_id_pk" PRIMARY KEY("group_id","server_id")
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"type" text NOT NULL,
	"is_template" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "known_players" (
	"uuid" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"is_offline" boolean NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "player_log_marks" (
	"server_id" uuid PRIMARY KEY NOT NULL,
	"next" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "player_sessions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "player_sessions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"server_id" uuid NOT NULL,
	"name" text NOT NULL,
	"uuid" uuid,
	"joined_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "server_changes" (
	"server_id" uuid PRIMARY KEY NOT NULL,
	"operation_id" uuid NOT NULL,
	"phase" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"snapshot_id" uuid,
	"was_running" boolean NOT NULL,
	"started_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "server_templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"settings" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "versions" ALTER COLUMN "checksum_algorithm" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "versions" ALTER COLUMN "checksum" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "versions" ALTER COLUMN "size_bytes" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "program" jsonb;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "jvm_preset" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "cpu_limit" real;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "management_port" integer;--> statement-breakpoint
ALTER TABLE "servers" ADD COLUMN "management_secret" text;--> statement-breakpoint
ALTER TABLE "versions" ADD COLUMN "form" text DEFAULT 'jar' NOT NULL;--> statement-breakpoint
ALTER TABLE "applied_players" ADD CONSTRAINT "applied_players_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_players" ADD CONSTRAINT "group_players_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_servers" ADD CONSTRAINT "group_servers_group_id_groups_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."groups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_servers" ADD CONSTRAINT "group_servers_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "groups" ADD CONSTRAINT "groups_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "player_log_marks" ADD CONSTRAINT "player_log_marks_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "player_sessions" ADD CONSTRAINT "player_sessions_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_changes" ADD CONSTRAINT "server_changes_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_templates" ADD CONSTRAINT "server_templates_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "group_servers_server" ON "group_servers" USING btree ("server_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_name" ON "groups" USING btree ("owner_id","name");--> statement-breakpoint
CREATE INDEX "known_players_name" ON "known_players" USING btree ("name");--> statement-breakpoint
CREATE INDEX "player_sessions_server" ON "player_sessions" USING btree ("server_id","joined_at","id");--> statement-breakpoint
CREATE INDEX "player_sessions_player" ON "player_sessions" USING btree ("server_id","name","joined_at");--> statement-breakpoint
CREATE UNIQUE INDEX "player_sessions_open" ON "player_sessions" USING btree ("server_id","name") WHERE left_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "server_templates_name" ON "server_templates" USING btree ("owner_id","name");