import { testGroups } from "./groups-rounds";

testGroups({ running: 5, stopped: 3, deaf: 2 });
