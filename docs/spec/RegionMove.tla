----------------------------- MODULE RegionMove -----------------------------
(***************************************************************************)
(* One region, the datanodes that may lead it, the metasrv that says who   *)
(* does, and the region's records in the shared log. Planned moves and     *)
(* failovers take the same way: stop the old leader or wait its lease out, *)
(* let the new one replay, fence, lead.                                    *)
(*                                                                         *)
(* Time is not counted. A datanode's lease may end at any moment; the      *)
(* metasrv's memory of that lease ends later, since a lease counts from    *)
(* the sending of the heartbeat that asked for it and the metasrv adds a   *)
(* margin. This is the one assumption about clocks.                        *)
(*                                                                         *)
(* A datanode that sleeps, is cut off or is slow is one whose actions do   *)
(* not happen for a while. The log takes appends from anybody: a deposed   *)
(* leader is not kept from writing, its records are kept from counting.    *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Nodes,            \* datanodes
  Writes,           \* ids of writes; each is sent once
  EpochMax,         \* bounds the model
  Fences,           \* a new leader appends a fence, and replay obeys it
  AckNeedsLease,    \* an acknowledgement is sent only under a valid lease
  WaitsForLease,    \* no new epoch before the old lease has run out
  ForgetsWaiting    \* a leader that is made leader anew answers no earlier write

VARIABLES
  log,              \* sequence of [kind, epoch, id]
  route,            \* [leader, epoch, state] as the metasrv has stored it
  target,           \* whom the region moves to; the leader itself if nowhere
  role,             \* of each datanode: closed, candidate, leader, stopped
  epoch,            \* under which each datanode leads or led
  rows,             \* writes each datanode would show to a reader
  waiting,          \* writes whose append was asked for, not yet answered
  lease,            \* what each datanode believes of its lease
  remembered,       \* what the metasrv must still assume of each lease
  acked             \* writes that clients were told are there

vars == <<log, route, target, role, epoch, rows, waiting, lease, remembered, acked>>

None == 0
Write(e, w) == [kind |-> "write", epoch |-> e, id |-> w]
Fence(e)    == [kind |-> "fence", epoch |-> e, id |-> None]

(* The highest fence among the first n records. *)
FenceBefore(n) ==
  LET fences == {log[i].epoch : i \in {j \in 1..n : log[j].kind = "fence"}}
  IN  IF fences = {} THEN 0 ELSE CHOOSE e \in fences : \A f \in fences : f <= e

(* What a replay of the first n records shows. *)
Replay(n) ==
  {log[i].id : i \in {j \in 1..n :
      /\ log[j].kind = "write"
      /\ ~Fences \/ log[j].epoch >= FenceBefore(j)}}

(* Datanodes and writes are alike: the checker need not try them in every order. *)
Symmetry == Permutations(Nodes) \union Permutations(Writes)

Init ==
  \E first \in Nodes :
    /\ log        = <<Fence(1)>>
    /\ route      = [leader |-> first, epoch |-> 1, state |-> "alive"]
    /\ target     = first
    /\ role       = [n \in Nodes |-> IF n = first THEN "leader" ELSE "closed"]
    /\ epoch      = [n \in Nodes |-> IF n = first THEN 1 ELSE 0]
    /\ rows       = [n \in Nodes |-> {}]
    /\ waiting    = [n \in Nodes |-> {}]
    /\ lease      = [n \in Nodes |-> FALSE]
    /\ remembered = [n \in Nodes |-> FALSE]
    /\ acked      = {}

-----------------------------------------------------------------------------
(* Leases *)

(* The metasrv answers a heartbeat; from now on it assumes the lease. *)
Grant(n) ==
  /\ route.leader = n /\ route.state = "alive"
  /\ remembered' = [remembered EXCEPT ![n] = TRUE]
  /\ UNCHANGED <<log, route, target, role, epoch, rows, waiting, lease, acked>>

(* The answer arrives, while it is still worth something. *)
Receive(n) ==
  /\ remembered[n] /\ role[n] = "leader"
  /\ route.leader = n /\ epoch[n] = route.epoch
  /\ lease' = [lease EXCEPT ![n] = TRUE]
  /\ UNCHANGED <<log, route, target, role, epoch, rows, waiting, remembered, acked>>

Expire(n) ==
  /\ lease[n]
  /\ lease' = [lease EXCEPT ![n] = FALSE]
  /\ UNCHANGED <<log, route, target, role, epoch, rows, waiting, remembered, acked>>

(* Later than at the datanode: the assumption about clocks. *)
Forget(n) ==
  /\ remembered[n] /\ ~lease[n]
  /\ remembered' = [remembered EXCEPT ![n] = FALSE]
  /\ UNCHANGED <<log, route, target, role, epoch, rows, waiting, lease, acked>>

-----------------------------------------------------------------------------
(* Writes *)

(* Kafka has the record; its answer is under way. The lease is not asked:
   it could end before the record arrives. Clients may believe an old route,
   never one that is not stored yet. *)
Send(n, w) ==
  /\ role[n] = "leader" /\ epoch[n] <= route.epoch
  /\ \A m \in Nodes : w \notin waiting[m]
  /\ \A i \in 1..Len(log) : log[i].id # w
  /\ log' = Append(log, Write(epoch[n], w))
  /\ waiting' = [waiting EXCEPT ![n] = @ \union {w}]
  /\ UNCHANGED <<route, target, role, epoch, rows, lease, remembered, acked>>

(* The answer has come: the row shows and the client is told. *)
Acknowledge(n, w) ==
  /\ role[n] = "leader" /\ w \in waiting[n]
  /\ AckNeedsLease => lease[n]
  /\ rows' = [rows EXCEPT ![n] = @ \union {w}]
  /\ waiting' = [waiting EXCEPT ![n] = @ \ {w}]
  /\ acked' = acked \union {w}
  /\ UNCHANGED <<log, route, target, role, epoch, lease, remembered>>

-----------------------------------------------------------------------------
(* The move *)

EpochUsed == CHOOSE e \in {epoch[n] : n \in Nodes} : \A n \in Nodes : epoch[n] <= e

OpenCandidate(n) ==
  /\ route.state = "alive" /\ target = route.leader /\ n # route.leader
  /\ role[n] = "closed" /\ EpochUsed < EpochMax
  /\ target' = n
  /\ role' = [role EXCEPT ![n] = "candidate"]
  /\ UNCHANGED <<log, route, epoch, rows, waiting, lease, remembered, acked>>

(* For a move, a failover, or a leader that has come back from a crash. *)
Downgrading ==
  /\ route.state = "alive" /\ EpochUsed < EpochMax
  /\ target # route.leader \/ role[route.leader] = "closed"
  /\ route' = [route EXCEPT !.state = "downgrading"]
  /\ UNCHANGED <<log, target, role, epoch, rows, waiting, lease, remembered, acked>>

(* The leader hears of it: it answers what it waits for no more, and says so. *)
Stop(n) ==
  /\ route.state = "downgrading" /\ route.leader = n /\ role[n] = "leader"
  /\ epoch[n] = route.epoch
  /\ role' = [role EXCEPT ![n] = "stopped"]
  /\ waiting' = [waiting EXCEPT ![n] = {}]
  /\ lease' = [lease EXCEPT ![n] = FALSE]
  /\ remembered' = [remembered EXCEPT ![n] = FALSE]
  /\ UNCHANGED <<log, route, target, epoch, rows, acked>>

(* The old leader has stopped or its lease is over; the new one fences and
   replays up to its own fence. Whatever it waited for is forgotten. *)
Upgrade(n) ==
  /\ route.state = "downgrading" /\ target = n /\ EpochUsed < EpochMax
  /\ epoch[n] <= route.epoch \/ role[n] # "leader"
  /\ WaitsForLease => ~remembered[route.leader]
  /\ LET next == EpochUsed + 1
     IN  /\ log' = IF Fences THEN Append(log, Fence(next)) ELSE log
         /\ epoch' = [epoch EXCEPT ![n] = next]
         /\ rows' = [rows EXCEPT ![n] = Replay(Len(log))]
  /\ role' = [role EXCEPT ![n] = "leader"]
  /\ waiting' = IF ForgetsWaiting THEN [waiting EXCEPT ![n] = {}] ELSE waiting
  /\ UNCHANGED <<route, target, lease, remembered, acked>>

(* The target does not get ready: the old leader is to lead again, under a
   higher epoch than the target may have taken. *)
GiveUp ==
  /\ route.state = "downgrading" /\ target # route.leader
  /\ target' = route.leader
  /\ UNCHANGED <<log, route, role, epoch, rows, waiting, lease, remembered, acked>>

Switch(n) ==
  /\ route.state = "downgrading" /\ target = n
  /\ role[n] = "leader" /\ epoch[n] > route.epoch
  /\ route' = [leader |-> n, epoch |-> epoch[n], state |-> "alive"]
  /\ UNCHANGED <<log, target, role, epoch, rows, waiting, lease, remembered, acked>>

(* Whoever is neither leader nor target is closed when it hears of it. *)
Close(n) ==
  /\ role[n] # "closed" /\ route.leader # n /\ target # n
  /\ role' = [role EXCEPT ![n] = "closed"]
  /\ waiting' = [waiting EXCEPT ![n] = {}]
  /\ lease' = [lease EXCEPT ![n] = FALSE]
  /\ UNCHANGED <<log, route, target, epoch, rows, remembered, acked>>

-----------------------------------------------------------------------------
(* A process dies. Its memory is gone; the metasrv does not know. *)
Crash(n) ==
  /\ role[n] # "closed"
  /\ role' = [role EXCEPT ![n] = "closed"]
  /\ waiting' = [waiting EXCEPT ![n] = {}]
  /\ rows' = [rows EXCEPT ![n] = {}]
  /\ lease' = [lease EXCEPT ![n] = FALSE]
  /\ UNCHANGED <<log, route, target, epoch, remembered, acked>>

Next ==
  \/ Downgrading \/ GiveUp
  \/ \E n \in Nodes :
       \/ Grant(n) \/ Receive(n) \/ Expire(n) \/ Forget(n)
       \/ OpenCandidate(n) \/ Stop(n) \/ Upgrade(n) \/ Switch(n)
       \/ Close(n) \/ Crash(n)
       \/ \E w \in Writes : Send(n, w) \/ Acknowledge(n, w)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What may acknowledge a write now. *)
Acknowledging == {n \in Nodes : role[n] = "leader" /\ (AckNeedsLease => lease[n])}

AtMostOneAcknowledges == Cardinality(Acknowledging) <= 1

(* The leader that the route names shows every acknowledged row. *)
NoRowIsLost ==
  \A n \in Nodes :
    (role[n] = "leader" /\ route.leader = n /\ epoch[n] = route.epoch) => acked \subseteq rows[n]

(* Whoever replays later finds what is acknowledged. *)
ReplayFindsThem == acked \subseteq Replay(Len(log))

(* What the leader does not show and is not about to, no later replay brings back. *)
NothingComesBack ==
  \A n \in Nodes :
    (role[n] = "leader" /\ route.leader = n /\ epoch[n] = route.epoch)
      => Replay(Len(log)) \subseteq (rows[n] \union waiting[n])
=============================================================================
