import { testGroups } from "./groups-rounds";

testGroups({ running: 1, stopped: 1, deaf: 1 });
