CREATE TABLE "host_metrics" (
	"step" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"cpu" real,
	"cpu_peak" real,
	"memory_bytes" real,
	"memory_bytes_peak" real,
	"load" real,
	"load_peak" real,
	"disk_bytes" real,
	"disk_bytes_peak" real,
	"network_received" real,
	"network_received_peak" real,
	"network_sent" real,
	"network_sent_peak" real,
	CONSTRAINT "host_metrics_step_at_pk" PRIMARY KEY("step","at")
);
--> statement-breakpoint
CREATE TABLE "server_metrics" (
	"server_id" uuid NOT NULL,
	"step" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"cpu" real,
	"cpu_peak" real,
	"memory_bytes" real,
	"memory_bytes_peak" real,
	"disk_bytes" real,
	"disk_bytes_peak" real,
	"disk_read" real,
	"disk_read_peak" real,
	"disk_written" real,
	"disk_written_peak" real,
	"network_received" real,
	"network_received_peak" real,
	"network_sent" real,
	"network_sent_peak" real,
	"players_online" real,
	"players_online_peak" real,
	"players_max" real,
	"players_max_peak" real,
	"tps" real,
	"tps_peak" real,
	"mspt" real,
	"mspt_peak" real,
	CONSTRAINT "server_metrics_server_id_step_at_pk" PRIMARY KEY("server_id","step","at")
);
--> statement-breakpoint
ALTER TABLE "server_metrics" ADD CONSTRAINT "server_metrics_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "server_metrics_step" ON "server_metrics" USING btree ("step","at");